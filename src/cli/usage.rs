//! Help and argument mistakes in Chinese, completions, man page.

use super::{Exit, args::Cli, output};
use crate::diag::{Diagnostic, Locus, human};
use clap::{
    Command, CommandFactory,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// Help of a command: clap's own words replaced.
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The command with Chinese headings for itself and all its subcommands.
pub(super) fn localised(command: Command) -> Command {
    let command = headings(command)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令");
    let names: Vec<_> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, headings)
    })
}

fn headings(command: Command) -> Command {
    let version = command.get_version().is_some();
    let command = command
        .help_template(TEMPLATE)
        .disable_help_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("显示帮助"),
        )
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                "参数"
            } else {
                "选项"
            };
            arg.help_heading(heading)
        });
    if !version {
        return command;
    }
    command.disable_version_flag(true).arg(
        clap::Arg::new("version")
            .short('V')
            .long("version")
            .action(clap::ArgAction::Version)
            .help_heading("选项")
            .help("显示版本"),
    )
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
            let problem = Diagnostic::error("arguments", mistake(error), Locus::default())
                .with_hint("用 zicha --help 查看用法。");
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}

/// Help text with the two marks that clap has no setting for.
fn in_chinese(help: &str) -> String {
    help.replace("[default: ", "[默认：")
        .replace("[possible values: ", "[可选：")
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
        _ => String::new(),
    }
}

/// Prints the completion script of a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut localised(Cli::command()), "zicha", &mut script);
    output::print(&String::from_utf8_lossy(&script));
    Exit::Clean
}

/// Prints the man page.
pub(super) fn man() -> Exit {
    let mut page = Vec::new();
    match clap_mangen::Man::new(localised(Cli::command())).render(&mut page) {
        Ok(()) => {
            output::print(&String::from_utf8_lossy(&page));
            Exit::Clean
        }
        Err(error) => {
            let message = format!("手册页生成失败：{error}。");
            let problem = Diagnostic::error("man", message, Locus::default());
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}
