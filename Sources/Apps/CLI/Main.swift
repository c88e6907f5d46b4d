import ArgumentParser
import Diagnostics
import Foundation

@main
enum Main {
  static func main() async {
    let status = await Tool.run(Array(CommandLine.arguments.dropFirst()), on: .standard)
    exit(status.rawValue)
  }
}

/// Reads a command line and carries it out.
enum Tool {
  static func run(_ arguments: [String], on console: Console) async -> CommandStatus {
    HelpText.language = arguments.contains("--english") ? .english : .chinese
    console.language = HelpText.language
    do {
      var parsed = try Silian.parseAsRoot(arguments)
      if let command = parsed as? any ConsoleCommand { return await run(command, on: console) }
      try parsed.run()
      return .fine
    } catch {
      return explain(error, on: console)
    }
  }

  private static func run(_ command: any ConsoleCommand, on console: Console) async -> CommandStatus {
    do {
      return try await command.perform(on: console)
    } catch let refusal as Refusal {
      return console.report(refusal, asJSON: command.output.json)
    } catch let diagnostic as Diagnostic {
      return console.report(Refusal([diagnostic]), asJSON: command.output.json)
    } catch is CancellationError {
      console.complain(console.text("cli.interrupted"))
      return .interrupted
    } catch {
      console.complain("\(error)")
      return .internalError
    }
  }

  /// Help asked for is an answer; a command line that cannot be read is an error.
  private static func explain(_ error: any Error, on console: Console) -> CommandStatus {
    let message = Silian.fullMessage(for: error)
    if Silian.exitCode(for: error).isSuccess {
      console.print(message)
      return .fine
    }
    console.complain(message)
    return .usage
  }
}

struct Silian: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "silian", abstract: HelpText.of("cli.abstract"), discussion: HelpText.of("cli.exit-codes"),
      version: "0.1.0",
      subcommands: [
        CheckCommand.self, ExplainCommand.self, PortraitCommand.self, RunCommand.self, SimulateCommand.self,
        ExampleCommand.self,
        SynthesizeCommand.self, SystemsCommand.self, ServeCommand.self, TCKCommand.self, DMNCommand.self,
        DataCommand.self, GraphCommand.self, StoreCommand.self, AuditCommand.self, DecideCommand.self,
        ReplayCommand.self,
      ])
  }
}

/// What a command came to, as the shell sees it. The numbers are those of sysexits.h.
enum CommandStatus: Int32 {
  case fine = 0
  /// The work was done and the answer is that something is wrong: in the pack, the facts or the parameters.
  case problems = 1
  case usage = 64
  /// A file or folder that was named cannot be read.
  case noInput = 66
  /// The address to serve at, or the memory, cannot be had.
  case unavailable = 69
  case internalError = 70
  /// A file to write cannot be written.
  case cannotCreate = 73
  case noPermission = 77
  /// Ended by Ctrl-C.
  case interrupted = 130

  init(_ diagnostics: [Diagnostic]) {
    let statuses = diagnostics.filter { $0.severity == .error }.map { CommandStatus.byCode[$0.code] ?? .problems }
    self = statuses.first { $0 != .problems } ?? statuses.first ?? .fine
  }

  private static let byCode: [String: CommandStatus] = [
    "store.file.missing": .noInput, "store.file.unreadable": .noInput, "store.file.kind": .noInput,
    "store.pack.missing": .noInput, "store.pack.not-folder": .noInput, "store.pack.manifest": .noInput,
    "store.facts.no-csv": .noInput, "store.facts.kind": .noInput, "store.file.unwritable": .cannotCreate,
    "cli.usage.date": .usage, "cli.usage.set": .usage, "cli.usage.subject": .usage, "cli.usage.packs": .usage,
    "dmn.tck.empty": .noInput,
    "cli.usage.no-pack": .noInput, "store.columns.foreign": .noInput, "store.columns.byte-order": .noInput,
    "store.columns.older": .noInput, "store.columns.newer": .noInput, "store.columns.truncated": .noInput,
    "store.columns.header": .noInput, "store.columns.part": .noInput, "store.columns.name": .noInput,
    "store.memory": .unavailable, "store.database.missing": .noInput, "store.database.foreign": .noInput,
    "store.database.newer": .noInput, "store.database.busy": .unavailable, "store.database.gone": .unavailable,
    "store.database.full": .cannotCreate, "store.import.empty": .noInput,
    "store.cancelled": .interrupted, "store.file.exists": .cannotCreate, "cli.usage.column": .usage,
    "cli.usage.years": .usage, "cli.usage.xlsx": .usage, "cli.shapes.source": .usage, "cli.import.canonical": .usage,
    "cli.import.several": .usage, "tabulation.column.none": .usage, "tabulation.sheet.text": .usage,
    "spreadsheet.sheet.missing": .usage,
    "cli.usage.word": .usage, "cli.usage.known": .usage, "cli.usage.span": .usage, "cli.import.authority": .usage,
    "cli.usage.graph": .usage, "cli.usage.limit": .usage,
    "server.port-taken": .unavailable, "server.address": .unavailable, "server.permission": .noPermission,
    "server.failed": .internalError,
  ]
}
