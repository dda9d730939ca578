//! The arguments, with the help that people read.

use super::choices::{
    ChecklistChoice, FailOn, FestivalChoice, FontsChoice, FormatChoice, LintFormat, parse_day,
    parse_fail_on, parse_period,
};
use super::summary::Detail;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use zicha_calendar as calendar;
use zicha_model::{plan::Period, time::Day};
use zicha_report::Format;

/// 自查：保密自查报告的离线生成工具。读取台账，按清单检查，生成自查报告、整改清单和奖惩汇总。
#[derive(Debug, Parser)]
#[command(
    name = "zicha",
    version,
    disable_help_subcommand = true,
    override_usage = "zicha <命令> [选项]"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 按清单检查一个文件夹里的台账，写出全部报告
    #[command(visible_alias = "检查", override_usage = "zicha check [选项] [文件夹]")]
    Check(CheckArgs),
    /// 建一个新的台账文件夹：设置、空白台账、现场检查答复表、使用说明
    #[command(visible_alias = "新建", override_usage = "zicha init [选项] <文件夹>")]
    Init(InitArgs),
    /// 说明每个文件、每张表是怎样识别的：台账、标题行、列、用到和没用到的行
    #[command(
        visible_alias = "台账",
        override_usage = "zicha ledgers [选项] [文件夹]"
    )]
    Ledgers(LedgersArgs),
    /// 把两张清单写成供人阅读的指南：查什么、依据、凭据、怎样整改，现场检查项留有空格
    #[command(visible_alias = "指南", override_usage = "zicha guide [选项] [文件夹]")]
    Guide(GuideArgs),
    /// 说明一个检查项：依据、规则、参数、示例、整改办法
    #[command(override_usage = "zicha explain [选项] <编号>")]
    Explain(ExplainArgs),
    /// 查找设置、清单包、豁免和现场检查答复中的错误，不做检查
    #[command(override_usage = "zicha lint [选项] [文件夹]")]
    Lint(LintArgs),
    /// 上级的评分表：读入、核对，供自查评分和填写自评表
    #[command(
        visible_alias = "评分",
        subcommand_required = true,
        arg_required_else_help = true,
        override_usage = "zicha scoring import [选项] <评分表>"
    )]
    Scoring {
        #[command(subcommand)]
        command: ScoringCommand,
    },
    /// 把许多单位的检查结果汇总成一份报告：排名、共性问题、按检查项和检查事项
    #[command(
        visible_alias = "汇总",
        override_usage = "zicha rollup [选项] --out <输出文件夹> <文件夹>..."
    )]
    Rollup(RollupArgs),
    /// 核对报告文件夹里的文件是否与生成时一致
    #[command(
        visible_alias = "核对",
        override_usage = "zicha verify [选项] <报告文件夹>"
    )]
    Verify(VerifyArgs),
    /// 输出命令行补全脚本
    #[command(override_usage = "zicha completions <SHELL>")]
    Completions {
        /// 命令行程序：bash、elvish、fish、powershell、zsh
        #[arg(value_name = "SHELL", hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    /// 输出 man 手册页
    #[command(override_usage = "zicha man")]
    Man,
    /// 显示帮助
    #[command(hide = true, override_usage = "zicha help [命令]")]
    Help {
        /// 哪个命令
        #[arg(value_name = "命令")]
        command: Option<String>,
    },
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// 存放台账的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    pub(super) dir: PathBuf,
    /// 检查清单：年度（annual）、节前（festival）、全部（all）
    #[arg(long, value_enum, default_value_t = ChecklistChoice::Annual, value_name = "清单", hide_possible_values = true)]
    pub(super) checklist: ChecklistChoice,
    /// 节日：春节（spring-festival）、五一（may-day）、国庆（national-day）、自动（auto，基准日之后的第一个）
    #[arg(long, value_enum, default_value_t = FestivalChoice::Auto, value_name = "节日", hide_possible_values = true)]
    pub(super) festival: FestivalChoice,
    /// 检查年度；默认为基准日所在年
    #[arg(long, value_name = "年", value_parser = clap::value_parser!(i32).range(1990..=2100))]
    pub(super) year: Option<i32>,
    /// 检查基准日，如 2026-09-28、2026.9.28、今天；默认为今天
    #[arg(long, value_name = "日期", value_parser = parse_day)]
    pub(super) as_of: Option<Day>,
    /// 检查期间，如 2026-01-01..2026-12-31；默认由清单决定
    #[arg(long, value_name = "起..止", value_parser = parse_period)]
    pub(super) period: Option<Period>,
    /// 报告写到哪个文件夹；默认为台账文件夹下的 out/<年>-<清单>
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
    /// 输出格式：html、pdf、docx、xlsx、json，另有 csv（问题明细表）、oscal，用逗号分隔
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_values_t = [FormatChoice::Html, FormatChoice::Pdf, FormatChoice::Docx, FormatChoice::Xlsx, FormatChoice::Json],
        value_name = "格式",
        hide_possible_values = true
    )]
    pub(super) format: Vec<FormatChoice>,
    /// 与哪一次的 results.json 比较；默认为上一次同一清单的结果
    #[arg(long, value_name = "RESULTS.json", conflicts_with = "no_baseline")]
    pub(super) baseline: Option<PathBuf>,
    /// 不与以前的结果比较
    #[arg(long)]
    pub(super) no_baseline: bool,
    /// PDF 字体：auto 先用本机公文字体，embedded 只用内置字体
    #[arg(long, value_enum, default_value_t = FontsChoice::Auto, value_name = "字体", hide_possible_values = true)]
    pub(super) fonts: FontsChoice,
    /// 发现这一级及以上的问题时退出码为 1：重大、严重、一般、提示、从不（never）
    #[arg(long, default_value = "一般", value_parser = parse_fail_on, value_name = "级别")]
    pub(super) fail_on: FailOn,
    /// 在所有输出中隐去人名、标题和编号
    #[arg(long)]
    pub(super) redact: bool,
    /// 只显示错误
    #[arg(short, long, conflicts_with_all = ["verbose", "json"])]
    pub(super) quiet: bool,
    /// 逐条显示全部提示、各检查事项的结论、写出的文件
    #[arg(short, long, conflicts_with = "json")]
    pub(super) verbose: bool,
    /// 以 JSON 输出摘要，供其他程序使用
    #[arg(long)]
    pub(super) json: bool,
    /// 线程数；默认为处理器核数
    #[arg(long, value_name = "数", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: Option<u16>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// 检查项编号，如 DOC-016
    #[arg(value_name = "编号")]
    pub(super) code: String,
    /// 按这个文件夹的设置（参数、清单包）说明
    #[arg(long, default_value = ".", value_name = "文件夹")]
    pub(super) dir: PathBuf,
}

/// Arguments of `guide`.
#[derive(Debug, Args)]
pub(super) struct GuideArgs {
    /// 按这个文件夹的设置（参数、清单包）写
    #[arg(default_value = ".", value_name = "文件夹")]
    pub(super) dir: PathBuf,
    /// 改写条款与检查项的对照：条款到检查项，检查项到条款（HTML、CSV）
    #[arg(long)]
    pub(super) trace: bool,
    /// 改写程序的《使用说明》：两页，随程序分发（HTML、PDF）
    #[arg(long, conflicts_with = "trace")]
    pub(super) manual: bool,
    /// 写到哪个文件夹；默认为台账文件夹下的 out/guide、out/trace 或 out/manual
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
    /// 印在指南上的日期，如 2026-09-28；默认为今天
    #[arg(long, value_name = "日期", value_parser = parse_day)]
    pub(super) as_of: Option<Day>,
    /// 输出格式：html、pdf，用逗号分隔；默认两种都写，对照只写 html
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "格式",
        hide_possible_values = true
    )]
    format: Vec<PaperChoice>,
    /// PDF 字体：auto 先用本机公文字体，embedded 只用内置字体
    #[arg(long, value_enum, default_value_t = FontsChoice::Auto, value_name = "字体", hide_possible_values = true)]
    pub(super) fonts: FontsChoice,
}

impl GuideArgs {
    /// The formats wanted.
    pub(super) fn formats(&self) -> Vec<Format> {
        match (self.format.is_empty(), self.trace) {
            (true, true) => vec![Format::Html],
            (true, false) => vec![Format::Html, Format::Pdf],
            (false, _) => self.format.iter().map(|&choice| choice.into()).collect(),
        }
    }
}

/// Formats of a document for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperChoice {
    Html,
    Pdf,
}

impl From<PaperChoice> for Format {
    fn from(choice: PaperChoice) -> Self {
        match choice {
            PaperChoice::Html => Self::Html,
            PaperChoice::Pdf => Self::Pdf,
        }
    }
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// 新的台账文件夹；已有的文件一律不动
    #[arg(value_name = "文件夹")]
    pub(super) dir: PathBuf,
    /// 写出全部台账；默认只写常用的
    #[arg(long)]
    pub(super) all: bool,
    /// 只在已有台账旁边补写缺少的台账和列，已知的人员、设备、部门先填好
    #[arg(long)]
    pub(super) beside: bool,
    /// 写出现场检查用的检查单（按场所、路线）和抽查表
    #[arg(long)]
    pub(super) kit: bool,
    /// 按部门、人员名册给每个部门、每个人写一份自查表，先填好台账记载
    #[arg(long)]
    pub(super) levels: bool,
}

/// Arguments of `ledgers`.
#[derive(Debug, Args)]
pub(super) struct LedgersArgs {
    /// 存放台账的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    pub(super) dir: PathBuf,
    /// 以 JSON 输出，供其他程序使用
    #[arg(long)]
    pub(super) json: bool,
    /// 把识别结果写进 zicha.yaml（全部加 #，不起作用），供修改
    #[arg(long)]
    pub(super) save: bool,
}

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    /// 存放台账的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    pub(super) dir: PathBuf,
    /// 输出格式：text 供人阅读，sarif 供编辑清单包的编辑器读取
    #[arg(long, value_enum, default_value_t = LintFormat::Text, value_name = "格式", hide_possible_values = true)]
    pub(super) format: LintFormat,
}

/// What is done with a bureau's score table.
#[derive(Debug, Subcommand)]
pub(super) enum ScoringCommand {
    /// 读入上级的评分表（docx、xlsx、xls、csv），写成可以核对、修改的评分标准
    #[command(
        visible_alias = "导入",
        override_usage = "zicha scoring import [选项] <评分表>"
    )]
    Import(ScoringImportArgs),
}

/// Arguments of `scoring import`.
#[derive(Debug, Args)]
pub(super) struct ScoringImportArgs {
    /// 上级的评分表文件
    #[arg(value_name = "评分表")]
    pub(super) file: PathBuf,
    /// 写到哪个文件；已有的，其中确认过的内容按项目文字保留；默认为评分表旁边的 评分标准.yaml
    #[arg(long, value_name = "评分标准.yaml")]
    pub(super) out: Option<PathBuf>,
    /// 按这个文件夹的设置（参数、清单包）提出检查项
    #[arg(long, default_value = ".", value_name = "文件夹")]
    pub(super) dir: PathBuf,
}

/// Arguments of `rollup`.
#[derive(Debug, Args)]
pub(super) struct RollupArgs {
    /// 各单位的报告文件夹，或它们的上级文件夹；以前的汇总（rollup.json）也可以
    #[arg(required = true, value_name = "文件夹")]
    pub(super) dirs: Vec<PathBuf>,
    /// 汇总写到哪个文件夹
    #[arg(long, value_name = "输出文件夹")]
    pub(super) out: PathBuf,
    /// 应当报送的单位名单：文本文件，一行一个单位名称
    #[arg(long, value_name = "名单")]
    pub(super) units: Option<PathBuf>,
    /// 印在报告上的汇总单位名称
    #[arg(long, value_name = "名称")]
    pub(super) name: Option<String>,
    /// 输出格式：html、pdf、xlsx，用逗号分隔；汇总.csv 和 rollup.json 总是写出
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [TableChoice::Html, TableChoice::Pdf, TableChoice::Xlsx], value_name = "格式", hide_possible_values = true)]
    format: Vec<TableChoice>,
    /// PDF 字体：auto 先用本机公文字体，embedded 只用内置字体
    #[arg(long, value_enum, default_value_t = FontsChoice::Auto, value_name = "字体", hide_possible_values = true)]
    pub(super) fonts: FontsChoice,
}

impl RollupArgs {
    /// The formats wanted.
    pub(super) fn formats(&self) -> Vec<Format> {
        self.format.iter().map(|&choice| choice.into()).collect()
    }
}

/// Formats of the bureau's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableChoice {
    Html,
    Pdf,
    Xlsx,
}

impl From<TableChoice> for Format {
    fn from(choice: TableChoice) -> Self {
        match choice {
            TableChoice::Html => Self::Html,
            TableChoice::Pdf => Self::Pdf,
            TableChoice::Xlsx => Self::Xlsx,
        }
    }
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// 报告所在的文件夹（其中有 manifest.json）
    #[arg(value_name = "报告文件夹")]
    pub(super) out: PathBuf,
    /// 一并核对这个台账文件夹里读过的文件
    #[arg(long, value_name = "文件夹")]
    pub(super) dir: Option<PathBuf>,
}

impl CheckArgs {
    /// How much is told on the terminal.
    pub(super) fn detail(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            _ => Detail::Normal,
        }
    }

    /// What the calendar is to plan, standing on `today` where no day was given.
    pub(super) fn calendar(&self, today: Day) -> calendar::Request {
        calendar::Request {
            as_of: self.as_of.unwrap_or(today),
            annual: self.checklist != ChecklistChoice::Festival,
            festival: self.checklist != ChecklistChoice::Annual,
            festival_kind: self.festival.kind(),
            year: self.year,
            period: self.period,
        }
    }
}
