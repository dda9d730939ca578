//! Completion scripts and the man page: one page for all commands.

use super::{
    args::Cli,
    exit::Exit,
    output,
    usage::{ARGUMENTS, OPTIONS, localised},
};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::io;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, human};

/// What the man page says besides; the numbers are the contract's.
const EXIT_CODES: &str = ".SH 退出码\n\
    .TP\n0\n没有需要处理的问题。\n\
    .TP\n1\n发现了 \\-\\-fail\\-on 所定级别及以上的问题，或者有无法识读的单元格；lint 和 verify 查到错误。\n\
    .TP\n2\n没有能够按要求完成：参数、设置有误，文件读不出来，没有可检查的内容。\n";

/// Prints the completion script of a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut localised(Cli::command()), "zicha", &mut script);
    output::print(&String::from_utf8_lossy(&script));
    Exit::Clean
}

/// Prints the man page.
pub(super) fn man() -> Exit {
    match page(localised(Cli::command())) {
        Ok(page) => {
            output::print(&page);
            Exit::Clean
        }
        Err(error) => {
            let message = format!("手册页生成失败：{error}。");
            let problem = Diagnostic::new(codes::MAN, message, Locus::default());
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}

/// The program, then each command with its arguments, then the exit codes.
fn page(mut command: Command) -> io::Result<String> {
    command.build();
    let whole = Man::new(command.clone()).manual("自查");
    let mut page = Vec::new();
    whole.render_title(&mut page)?;
    // Neither stretched lines nor hyphens: the text is Chinese.
    page.extend_from_slice(b".ad l\n.nh\n");
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    let mut page = String::from_utf8_lossy(&page)
        .replace(".SH NAME", ".SH 名称")
        .replace(".SH SYNOPSIS", ".SH 用法");
    page.push_str(".SH 命令\n");
    for of in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        page.push_str(&section(of)?);
    }
    page.push_str(EXIT_CODES);
    Ok(page)
}

/// A command: usage, what it does, its arguments.
fn section(command: &Command) -> io::Result<String> {
    let man = Man::new(command.clone());
    let mut section = Vec::new();
    man.render_synopsis_section(&mut section)?;
    man.render_description_section(&mut section)?;
    man.render_options_section(&mut section)?;
    let section = String::from_utf8_lossy(&section);
    let heading = format!(".SS zicha {}", command.get_name());
    Ok(section
        .replace(".SH SYNOPSIS", &heading)
        .replace(".SH DESCRIPTION", ".PP")
        .replace(&format!(".SH {ARGUMENTS}\n"), "")
        .replace(&format!(".SH {OPTIONS}\n"), ""))
}
