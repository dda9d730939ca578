//! `zicha` alone on a terminal, or by double click: asks for the folder and the check, runs, tells what
//! was found in five lines, offers to open the overview.
//!
//! Every question has an answer for Enter, and ends with the input: it never waits where nobody is.

use super::{
    args::{Cli, Command},
    check,
    exit::Exit,
    opener, output, summary,
};
use crate::pipeline::Ran;
use clap::Parser;
use std::{
    io::{self, BufRead, IsTerminal},
    path::PathBuf,
};
use zicha_model::diag::{Diagnostic, human};

const WELCOME: &str = "自查：读取台账，检查，写出自查报告、整改清单。不联网，不改动台账。\n\n";
const WHICH_FOLDER: &str = "第一步　台账在哪个文件夹？\n把文件夹拖到这个窗口里，或者输入位置，再按回车（直接按回车为当前文件夹）：";
const WHICH_CHECK: &str = "\n第二步　做哪种检查？\n  1 年度自查　　2 节前检查（下一个节日）　　3 两种都做\n输入数字再按回车（直接按回车为 1）：";
const WHETHER_TO_OPEN: &str = "\n要打开总览（index.html）吗？按回车打开，输入 n 再按回车不打开：";
const THE_END: &str = "\n按回车键结束。";
/// A folder is asked for so many times.
const TRIES: usize = 5;

/// True if somebody sits in front of it.
pub(super) fn somebody_is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Leads through a check.
pub(super) fn run() -> Exit {
    output::print(WELCOME);
    let Some(folder) = ask_folder() else {
        output::complain("没有可以检查的文件夹，没有做检查。\n");
        return Exit::Failed;
    };
    let Some(checklist) = ask_checklist() else {
        output::complain("\n没有做检查。\n");
        return Exit::Failed;
    };
    output::print(&format!(
        "\n第三步　正在检查。下次可以直接用这条命令：\n  zicha check \"{}\" --checklist {checklist}\n\n",
        folder.display()
    ));
    let arguments = ["zicha".into(), "check".into(), folder.into_os_string()];
    let option = ["--checklist".into(), checklist.into()];
    match Cli::try_parse_from(arguments.into_iter().chain(option)) {
        Ok(Cli {
            command: Command::Check(args),
        }) => check_and_offer(&args),
        _ => Exit::Failed,
    }
}

/// Runs a check whose window closes at its end, as that of a folder dropped on the program does.
pub(super) fn check_and_offer(args: &super::args::CheckArgs) -> Exit {
    match check::perform(args) {
        Ok(ran) => {
            let exit = check::exit(&ran, args.fail_on);
            tell(&ran);
            offer(&ran);
            exit
        }
        Err(problems) => {
            refused(&problems);
            Exit::Failed
        }
    }
}

fn tell(ran: &Ran) {
    let errors = ran
        .diagnostics
        .iter()
        .filter(|d| d.severity == zicha_model::diag::Severity::Error);
    output::print(&errors.map(human::render).collect::<String>());
    output::print(&summary::in_five_lines(ran));
    output::print(&format!("报告在 {}\n", ran.out.display()));
}

fn refused(problems: &[Diagnostic]) {
    output::complain(&problems.iter().map(human::render).collect::<String>());
    output::complain("没有生成报告。\n");
    let _ = answer(THE_END);
}

/// Opens the overview unless that is declined.
fn offer(ran: &Ran) {
    let overview = ran.out.join("index.html");
    let declined = |answer: &str| matches!(answer, "n" | "N" | "no" | "不" | "否" | "ｎ");
    let wanted = answer(WHETHER_TO_OPEN).is_some_and(|answer| !declined(&answer));
    if wanted && !opener::open(&overview) {
        let place = overview.display();
        output::print(&format!(
            "这台计算机上没有能自动打开网页的程序，请用浏览器打开：\n  {place}\n"
        ));
        let _ = answer(THE_END);
    }
}

fn ask_folder() -> Option<PathBuf> {
    for _ in 0..TRIES {
        let typed = answer(WHICH_FOLDER)?;
        let folder = folder(&typed);
        if folder.is_dir() {
            return Some(folder);
        }
        let why = if folder.exists() {
            "这是一个文件，要的是存放台账的文件夹"
        } else {
            "没有这个文件夹"
        };
        output::print(&format!("{why}：{}\n\n", folder.display()));
    }
    None
}

/// The path that was typed or dragged in: terminals put quotation marks or backslashes around blanks.
fn folder(typed: &str) -> PathBuf {
    let bare = typed.trim_matches(['"', '\'', '“', '”', '‘', '’']).trim();
    let path = PathBuf::from(if bare.is_empty() { "." } else { bare });
    let unescaped = PathBuf::from(bare.replace('\\', ""));
    if !path.exists() && unescaped.is_dir() {
        unescaped
    } else {
        path
    }
}

fn ask_checklist() -> Option<&'static str> {
    loop {
        match answer(WHICH_CHECK)?.as_str() {
            "" | "1" | "１" | "年度" => return Some("年度"),
            "2" | "２" | "节前" => return Some("节前"),
            "3" | "３" | "全部" => return Some("全部"),
            _ => output::print("请输入 1、2 或 3。\n"),
        }
    }
}

/// A line of the input without its end; `None` where the input has ended.
fn answer(question: &str) -> Option<String> {
    output::print(question);
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim().to_owned())
}
