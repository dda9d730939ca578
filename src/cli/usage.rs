//! Help and argument mistakes in Chinese.

use super::{args::Cli, examples, exit::Exit, output};
use clap::{
    Arg, Command, CommandFactory,
    error::{ContextKind, ContextValue, ErrorKind},
};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, human};

/// Headings of the help.
pub(super) const COMMANDS: &str = "命令";
pub(super) const ARGUMENTS: &str = "参数";
pub(super) const OPTIONS: &str = "选项";

/// Help of a command: clap's own words replaced.
const TEMPLATE: &str = "{about-with-newline}\n{before-help}用法：{usage}\n\n{all-args}{after-help}";

/// The names by which commands are called, in both languages.
pub(super) fn commands() -> Vec<String> {
    let whole = Cli::command();
    let named = whole
        .get_subcommands()
        .flat_map(|command| std::iter::once(command.get_name()).chain(command.get_all_aliases()));
    named.map(str::to_owned).collect()
}

/// The command with Chinese headings for itself and all its subcommands.
pub(super) fn localised(command: Command) -> Command {
    let command = headings(command)
        .disable_help_subcommand(true)
        .subcommand_help_heading(COMMANDS)
        .subcommand_value_name(COMMANDS);
    let names: Vec<_> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, localised)
    })
}

fn headings(command: Command) -> Command {
    let version = command.get_version().is_some();
    let examples = examples::of(command.get_name());
    let command = command
        .before_help(examples)
        .help_template(TEMPLATE)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("显示帮助"),
        )
        .mut_args(described);
    if !version {
        return command;
    }
    command.disable_version_flag(true).arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(clap::ArgAction::Version)
            .help_heading(OPTIONS)
            .help("显示版本"),
    )
}

/// An argument under its heading, its default in the words of the help: clap has no setting for its own.
fn described(arg: Arg) -> Arg {
    let heading = if arg.is_positional() {
        ARGUMENTS
    } else {
        OPTIONS
    };
    let defaults = arg.get_default_values().iter();
    let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
    let defaults = defaults.join(",");
    let told = match (defaults.as_str(), arg.get_help()) {
        ("", _) | (_, None) => return arg.help_heading(heading),
        (".", Some(help)) => format!("{help}；默认为当前文件夹"),
        (_, Some(help)) if defaults.is_ascii() => format!("{help}；默认为 {defaults}"),
        (_, Some(help)) => format!("{help}；默认为“{defaults}”"),
    };
    arg.help_heading(heading)
        .help(told)
        .hide_default_value(true)
}

/// Prints help or version, or tells the mistake in the arguments.
pub(super) fn report(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::print(&in_chinese(&error.render().to_string()));
            Exit::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            output::complain(&in_chinese(
                &localised(Cli::command()).render_help().to_string(),
            ));
            Exit::Failed
        }
        _ => {
            let problem =
                Diagnostic::new(codes::ARGUMENTS, mistake(error), Locus::default()).with_hint(
                    format!("用 zicha {}--help 查看用法。", command_named(error)),
                );
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}

/// `check ` if the mistake is in the arguments of that command: clap tells it in its usage line only.
fn command_named(error: &clap::Error) -> String {
    let usage = context(error, ContextKind::Usage);
    let mut commands = Cli::command();
    commands.build();
    let mut words = usage.split_whitespace().skip_while(|word| *word != "zicha");
    let named = words
        .nth(1)
        .filter(|name| commands.find_subcommand(name).is_some());
    named.map_or_else(String::new, |name| format!("{name} "))
}

/// Help text with the colons of its headings as the rest has them: clap has no setting for them.
fn in_chinese(help: &str) -> String {
    [COMMANDS, ARGUMENTS, OPTIONS]
        .iter()
        .fold(help.to_owned(), |help, heading| {
            help.replace(&format!("\n{heading}:\n"), &format!("\n{heading}：\n"))
        })
}

/// Prints the help of a command, or of the program.
pub(super) fn help(name: Option<&str>) -> Exit {
    let mut command = localised(Cli::command());
    let command = match name {
        None => &mut command,
        Some(name) => match command.find_subcommand_mut(name) {
            Some(command) => command,
            None => {
                let message = format!("没有“{name}”这个命令。");
                let problem = Diagnostic::new(codes::ARGUMENTS, message, Locus::default())
                    .with_hint("用 zicha --help 查看用法。");
                output::complain(&human::render(&problem));
                return Exit::Failed;
            }
        },
    };
    output::print(&in_chinese(&command.render_help().to_string()));
    Exit::Clean
}

/// The mistake in one Chinese sentence.
fn mistake(error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项。"),
        ErrorKind::InvalidSubcommand => format!(
            "没有“{}”这个命令。",
            context(error, ContextKind::InvalidSubcommand)
        ),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少内容。"),
        ErrorKind::InvalidValue => {
            format!(
                "{argument} 不能写“{value}”，可以写：{}。",
                context(error, ContextKind::ValidValue)
            )
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)
                .map(|source| source.to_string())
                .unwrap_or_default();
            format!("{argument} 不能写“{value}”：{why}。")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少必须写的内容：{argument}。"),
        ErrorKind::ArgumentConflict => {
            format!(
                "{argument} 不能与 {} 同时使用。",
                context(error, ContextKind::PriorArg)
            )
        }
        _ => format!("参数不对：{error}"),
    };
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(|kind| context(error, kind))
    .find(|near| !near.is_empty());
    if let Some(near) = near {
        text.push_str(&format!("是不是“{near}”？"));
    }
    text
}

/// A piece of what clap knows about the mistake; empty if it knows nothing.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}
