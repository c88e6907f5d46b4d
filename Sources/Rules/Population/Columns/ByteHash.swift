/// XXH64 with seed 0, by its public description (xxHash, Yann Collet): finds damage and spreads keys; no seal against forgery.
package enum ByteHash {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
  )

  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    guard let base = bytes.baseAddress, count > 0 else { return avalanche(primes.4) }
    var position = 0
    var hash: UInt64
    if count >= 32 {
      var a = primes.0 &+ primes.1, b = primes.1, c: UInt64 = 0, d = 0 &- primes.0
      while position + 32 <= count {
        a = round(a, word(base, position))
        b = round(b, word(base, position + 8))
        c = round(c, word(base, position + 16))
        d = round(d, word(base, position + 24))
        position += 32
      }
      hash = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
      for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* primes.0 &+ primes.3 }
    } else {
      hash = primes.4
    }
    hash &+= UInt64(count)
    return avalanche(tail(base, position, count, hash))
  }

  @inline(__always)
  private static func tail(_ base: UnsafeRawPointer, _ start: Int, _ count: Int, _ hash: UInt64) -> UInt64 {
    var hash = hash, position = start
    while position + 8 <= count {
      hash = rotated(hash ^ round(0, word(base, position)), 27) &* primes.0 &+ primes.3
      position += 8
    }
    if position + 4 <= count {
      let half = UInt64(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
      hash = rotated(hash ^ (half &* primes.0), 23) &* primes.1 &+ primes.2
      position += 4
    }
    while position < count {
      let byte = UInt64(base.load(fromByteOffset: position, as: UInt8.self))
      hash = rotated(hash ^ (byte &* primes.4), 11) &* primes.0
      position += 1
    }
    return hash
  }

  @inline(__always)
  private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotated(lane &+ input &* primes.1, 31) &* primes.0
  }

  @inline(__always)
  private static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }

  @inline(__always)
  private static func avalanche(_ value: UInt64) -> UInt64 {
    var hash = value
    hash = (hash ^ hash >> 33) &* primes.1
    hash = (hash ^ hash >> 29) &* primes.2
    return hash ^ hash >> 32
  }
}
