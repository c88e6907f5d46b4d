import Foundation
import TestKit

// Breaks sound expressions and models a million times. Ends with status 1 when an input takes longer than a second or the
// memory grows beyond 512 MiB; a crash ends it by itself, with the seed of the last thousand inputs printed before.

/// `--count 1000000 --seed 1 --kit ../shared/tck`, or `--input FILE` for one input that failed.
let arguments = CommandLine.arguments
func option(_ name: String) -> String? {
  arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
}
let count = option("--count").flatMap(Int.init) ?? 1_000_000
let seed = option("--seed").flatMap(UInt64.init) ?? UInt64.random(in: 0..<1_000_000)

/// At once, so that a crash does not take it along.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

if let path = option("--input") {
  guard let input = FileManager.default.contents(atPath: path) else { fatalError("no file \(path)") }
  for target in FuzzTarget.all { say("\(target.name): \(ContinuousClock().measure { target.run(Array(input)) })") }
  exit(0)
}

/// Of a hundred inputs: expressions are fast and many, models slow and few.
var shares = [(FuzzTarget.expression, 70), (FuzzTarget.tests, 20), (FuzzTarget.model, 10)]
if let kit = option("--kit") {
  let models = FileManager.default.enumerator(atPath: kit)?.compactMap { $0 as? String } ?? []
  for path in models.sorted() where path.hasSuffix(".dmn") {
    guard let text = try? String(contentsOfFile: kit + "/" + path, encoding: .utf8), text.utf8.count < 20_000 else {
      continue
    }
    shares[2].0.corpus.append(text)
  }
}
say("seed \(seed), \(count) inputs, \(shares[2].0.corpus.count) models to break")

let watch = Watch()
watch.start()
for (target, share) in shares {
  let own = count * share / 100
  var done = 0
  while done < own {
    let block = seed &+ UInt64(done)
    if done.isMultiple(of: 50_000) { say("\(target.name): \(done) of \(own), seed of this block \(block)") }
    var mutator = Mutator(corpus: target.corpus, seed: block)
    for _ in 0..<min(1_000, own - done) {
      let input = mutator.next()
      watch.begin(target.name, input)
      target.run(input)
      watch.end()
      done += 1
    }
  }
}
let memory = Watch.peakMiB
say("\(count) inputs; the slowest took \(watch.slowestMilliseconds) ms; peak memory \(memory) MiB")
if let input = watch.slowestInput { say("slowest: \(input)") }
exit(watch.slowestMilliseconds > 1_000 || memory > 512 ? 1 : 0)
