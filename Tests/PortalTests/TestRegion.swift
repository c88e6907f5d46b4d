import API
import Diagnostics
import FEEL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Policy
import Portal
import Store
import TestKit
import Testing

/// The project's own packs with the firms of the walkthroughs, and a small pack with hostile names.
enum TestRegion {
  static let karamay = region("karamay", facts: "karamay/demo/fixed", asOf: "2026-10-15")

  private static func region(_ pack: String, facts: String, asOf: String) -> Region {
    let (folder, problems) = PackFolder.read(Checkout.path("packs/\(pack)"))
    guard let folder else { preconditionFailure("\(problems)") }
    let (rulebook, _) = Rulebook.read(folder.main, using: folder.used)
    let (read, _) = FactSource.read(path: Checkout.path("packs/\(facts)")).facts(by: rulebook.dictionary)
    return Region(rulebook: rulebook, facts: read, asOf: CalendarDate(asOf), isSynthetic: true)
  }

  /// What a pack or a firm may be called by someone who means harm.
  static let hostile = #"<script>alert(1)</script>"'&{{words.skip}}"#

  static let small: Region = {
    let source = PackSource(files: [
      .init(path: "small/pack.yaml", text: "id: small\ntitle: '<i>小包</i>'\njurisdiction: \"650200\"\nversion: 1.0.0\n"),
      .init(path: "small/dictionary.md", text: dictionary), .init(path: "small/doc.md", text: document),
    ])
    let (rulebook, _) = Rulebook.read(source)
    var reader = FactReader(dictionary: rulebook.dictionary)
    let place = SourcePlace(file: "firms.csv", line: 2)
    let header = ["编号", "名称"].map { RawTable.Cell($0, at: place) }
    reader.add(
      RawTable(header: header, rows: [["甲 一", hostile].map { RawTable.Cell($0, at: place) }], place: place), of: "企业")
    reader.close()
    return Region(rulebook: rulebook, facts: reader.facts, asOf: CalendarDate("2024-01-01"))
  }()

  private static let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 显示：名称
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 期间 | 提供 | 取值 |
    |---|---|---|---|---|---|---|
    | 编号 | code | 文本 | | | | |
    | 名称 | name | 文本 | | | | |
    | 人数 | staff | 数 | 人 | | | |
    | 营业收入 | revenue | 数 | 元 | 年度 2 | | |
    | 规模 | size | 文本 | | | | 大、小 |

    ## 记录：贷款

    - 代号：loan
    - 主键：合同号
    - 归属：借款人

    | 字段 | 代号 | 类型 | 单位 | 反向 |
    |---|---|---|---|---|
    | 合同号 | contract | 文本 | | |
    | 借款人 | borrower | 企业 | | 贷款 |
    | 利息 | interest | 数 | 元 | |
    """

  private static let document = """
    ---
    id: doc
    title: <b>小办法</b>
    issuer: 某市
    number: 未给出
    issued: 2022-01-01
    in-force: 2022-01-01..2030-01-01
    outline: [一]
    ---

    # 贴息

    - 条款：一

    正文里有 <script>alert(2)</script> 和 {{words.skip}}。

    ### 参数：比例

    - 代号：rate
    - 默认：20 %（建议）
    - 范围：[0..50] %

    ### 决策：贴息额

    - 对象：贷款
    - 类型：数（元）

    ```feel
    round half up(利息 * 比例, 2)
    ```

    ### 待遇：小贴息

    - 对象：贷款
    - 金额：贴息额

    | 资格 | 判据 | 不符时 |
    |---|---|---|
    | 人数不多 | 借款人.人数 <= 300 | 人数太多 |
    """
}

/// Runs requests through the whole router, without a socket.
func browse(
  _ region: Region, today: String = "2026-11-22", _ body: @Sendable (any TestClientProtocol) async throws -> Void
) async throws {
  let date = try #require(CalendarDate(today))
  let server = Server(regions: [region], today: { date })
  try await Application(router: server.router).test(.router) { try await body($0) }
}

extension TestClientProtocol {
  func page(
    _ path: String, post form: [(String, String)]? = nil, headers: HTTPFields = [:], _ status: HTTPResponse.Status = .ok
  ) async throws -> (text: String, page: HTMLPage, headers: HTTPFields) {
    let body = form.map { fields in
      fields.map { "\(PercentCoding.encode($0))=\(PercentCoding.encode($1))" }.joined(separator: "&")
    }
    let response = try await executeRequest(
      uri: path, method: form == nil ? .get : .post, headers: headers, body: body.map { ByteBuffer(string: $0) })
    #expect(response.status == status, "\(path)")
    let text = String(buffer: response.body)
    return (text, HTMLPage(text), response.headers)
  }
}
