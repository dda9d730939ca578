//! The registry of diagnostic codes: one line a code. `docs/diagnostics.md` is written from it.
//!
//! A diagnostic can only be made with a code of this list, and the code decides its severity, so
//! nothing is told that the reference does not explain. Names are permanent once released.

use super::Severity;
use std::cmp::Ordering;
use std::fmt;

/// The permanent name of a kind of problem, such as `file-encrypted`.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

/// A line of the registry.
struct Entry {
    name: &'static str,
    severity: Severity,
    meaning: &'static str,
    example: &'static str,
}

impl Code {
    /// The name: lower case, words joined by hyphens.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// How bad every problem of this kind is.
    pub const fn severity(self) -> Severity {
        self.0.severity
    }

    /// What the code means, one Chinese sentence.
    pub const fn meaning(self) -> &'static str {
        self.0.meaning
    }

    /// A case in which it is told, a few Chinese words.
    pub const fn example(self) -> &'static str {
        self.0.example
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.name() == *other
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.name())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Declares a constant for every code, and [`ALL`].
macro_rules! codes {
    ($($constant:ident = $name:literal, $severity:ident, $meaning:literal, $example:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $constant: Code = Code(&Entry {
                name: $name,
                severity: Severity::$severity,
                meaning: $meaning,
                example: $example,
            });
        )*

        /// Every code, by name.
        pub const ALL: &[Code] = &[$($constant),*];

        #[cfg(test)]
        const CONSTANTS: &[&str] = &[$(stringify!($constant)),*];
    };
}

// Name, severity, meaning, example; sorted by name.
codes! {
    AMBIGUOUS_HEADING = "ambiguous-heading", Error, "同一个列名指两个字段。", "“编号”既是登记号又是文号";
    ANSWER_CONTRADICTORY = "answer-contradictory", Warning, "现场检查中，同一对象有两条互相矛盾的答复。", "保密室的“门窗牢固”既答“是”又答“否”";
    ANSWER_OUTDATED = "answer-outdated", Warning, "现场检查的答复早于检查期，不算数。", "答复写于去年，本年尚未检查";
    ANSWER_UNKNOWN_CONTROL = "answer-unknown-control", Warning, "答复表里的条目编号不存在。", "条目编号写成 DOC-999";
    ANSWER_UNREADABLE = "answer-unreadable", Warning, "答复不是“是、否、不适用”。", "答复写“基本符合”";
    ANSWER_WITHOUT_REASON = "answer-without-reason", Warning, "答复“不适用”，没有写明理由。", "“说明或佐证”栏是空的";
    ARGUMENTS = "arguments", Error, "命令行的写法有误。", "选项名称拼错";
    BAD_PARAMETER = "bad-parameter", Error, "参数的取值不合规定。", "天数写成文字";
    BAD_REFERENCE = "bad-reference", Error, "引用的字段不存在。", "personnel.no_such";
    BAD_VALUE = "bad-value", Error, "取值不合规定。", "应写 true 或 false";
    BASELINE_OLDER = "baseline-older", Note, "作为比较基准的上次结果由较早的版本写出，有的内容没有。", "上次结果里没有评分";
    BASELINE_UNREADABLE = "baseline-unreadable", Error, "--baseline 指定的上次结果读不出来。", "文件不是 results.json";
    CANNOT_WRITE = "cannot-write", Error, "报告写不进输出文件夹。", "旧报告正在 WPS 中打开";
    CELL_OUTSIDE_GRID = "cell-outside-grid", Error, "单元格的位置超出电子表格的范围。", "第 1048577 行";
    CELLS_CLEANED = "cells-cleaned", Warning, "单元格里不能显示的控制字符已经去掉。", "姓名中夹有换页符";
    CELLS_CUT = "cells-cut", Warning, "单元格的文字超过电子表格的上限，超出部分没有读取。", "一格四万字";
    CELLS_MARKED = "cells-marked", Note, "单元格写作 =\"…\" 或以撇号开头，按其中的文字读取。", "=\"SM-C01\"";
    CELLS_SHOWN = "cells-shown", Note, "单元格按显示的样子读取，与存储的数值不同。", "存 8，显示 GX-08";
    CELLS_STRUCK = "cells-struck", Warning, "单元格中划去的文字没有读取。", "“张三李四”中“张三”带删除线";
    CHARACTERS_ODD = "characters-odd", Warning, "文字中有字形相同而编码不同的字符或造字，按通常的字符比对。", "“⽯”是部首，不是“石”";
    CODES_SPOILT = "codes-spoilt", Warning, "编号被表格软件改动过。", "柜号 8-1 变成了 8月1日";
    COLUMN_TWICE = "column-twice", Warning, "两列标题同样合适，只用了一列。", "“日期”和“收文日期”都像收文日期";
    CONTROL_UNKNOWN = "control-unknown", Error, "没有这个编号的检查项。", "zicha explain DOC-999";
    CSV_QUOTE = "csv-quote", Warning, "文本文件中的引号没有成对，按普通文字读取。", "姓名前多了一个引号";
    DATE_ODD = "date-odd", Warning, "日期的写法不常见。", "2026年9.28";
    DISCIPLINE_DATA = "discipline-data", Error, "奖惩依据的数据有误。", "奖惩依据的数据文件被改动过";
    DUE_DATES_DATA = "due-dates-data", Error, "到期提醒的数据有误。", "到期提醒的数据文件被改动过";
    EXAMPLE_UNKNOWN = "example-unknown", Error, "例子中的台账或字段不存在。", "例子写了不存在的字段";
    EXTENSION_DIFFERS = "extension-differs", Note, "文件内容与扩展名不同，按内容读取。", "扩展名是 xls，内容是 xlsx";
    FESTIVAL_PAST = "festival-past", Note, "检查日已经在假期之后。", "国庆节假期已过";
    FESTIVAL_UNKNOWN = "festival-unknown", Error, "这一年的农历数据没有收录，推算不出春节。", "年度写成 2200";
    FILE_BROKEN = "file-broken", Error, "文件已经损坏，读不出来。", "压缩包不完整";
    FILE_COPIED = "file-copied", Warning, "两个文件的内容完全相同，只读一个。", "收文.xlsx 和 收文(1).xlsx 相同";
    FILE_EMPTY = "file-empty", Error, "文件是空的。", "0 字节";
    FILE_ENCRYPTED = "file-encrypted", Error, "工作簿设有打开密码。", "打开时要求输入密码";
    FILE_HTML = "file-html", Error, "扩展名是表格，内容是网页。", "从系统导出的 xls 其实是网页";
    FILE_LOCKED = "file-locked", Error, "文件正被其他程序占用。", "文件在 WPS 中打开";
    FILE_NAME = "file-name", Error, "文件名的编码无法识别，没有读取。", "从旧系统复制来的文件";
    FILE_NAME_GBK = "file-name-gbk", Note, "文件名按 GBK 编码保存，已按 GBK 读取。", "从旧系统复制来的文件";
    FILE_NO_CONTENT = "file-no-content", Warning, "工作簿里没有任何内容。", "只有空白工作表";
    FILE_NOT_TABLE = "file-not-table", Error, "文件内容不是电子表格。", "扩展名是 xls，内容是图片";
    FILE_OLD_EXCEL = "file-old-excel", Error, "文件是 Excel 4.0 以前的工作表。", "三十年前的 xls";
    FILE_TOO_LARGE = "file-too-large", Error, "文件超过大小上限，没有读取。", "一本台账 600 MB";
    FILE_UNREADABLE = "file-unreadable", Error, "文件打不开。", "没有读取权限";
    FILE_XML_SPREADSHEET = "file-xml-spreadsheet", Error, "文件是 Excel 2003 的 XML 表格。", "扩展名是 xml";
    FILES_NOT_READ = "files-not-read", Note, "不是表格的文件没有读取。", "文件夹里有 Word 文档";
    FIX_NOT_PROVEN = "fix-not-proven", Note, "上次的问题本次没有判定，仍按未整改列出。", "记录已从台账删除";
    FIXED_NOT_SIGNED_OFF = "fixed-not-signed-off", Note, "检查已判定整改到位，还没有人销号。", "复核人一栏是空的";
    FOLDER_EXPECTED = "folder-expected", Error, "这里应当是文件夹。", "写成了一个文件";
    FOLDER_MISSING = "folder-missing", Error, "要检查的文件夹不存在。", "路径写错";
    FORMS_IN_SHEET = "forms-in-sheet", Note, "一张工作表里有几张表单，或表单下面还有列表，分别读取。", "三张审批单排在一张表里";
    FORMULA_UNCOMPUTED = "formula-uncomputed", Warning, "公式没有保存计算结果，读不出数值。", "由其他程序生成的工作簿";
    GLOB_UNUSED = "glob-unused", Warning, "zicha.yaml 的 files 中有一条没有匹配到任何文件。", "文件夹改了名";
    HEADING_UNUSED = "heading-unused", Warning, "这一列没有对应的字段，没有使用。", "列名是“存放位置（旧）”";
    HIDDEN_CONTENT = "hidden-content", Note, "工作表中有隐藏的行、列或整张表，照常读取。", "第 5—9 行隐藏";
    HISTORY_DAMAGED = "history-damaged", Warning, "历次检查的记录有一行读不出来。", "history.jsonl 被改动过";
    HISTORY_GAP = "history-gap", Warning, "留存的某次结果读不出来，走势图中缺这一次。", "文件不完整";
    HISTORY_UNREADABLE = "history-unreadable", Warning, "留存的上次结果读不出来，本次不作比较。", "out/history 里的文件被改动过";
    HOLIDAY_STATUTORY = "holiday-statutory", Warning, "这一年的放假安排没有收录，按法定节日推算。", "次年的通知还没有发布";
    LEDGER_AMBIGUOUS = "ledger-ambiguous", Warning, "工作表像两本台账，取了更像的一本。", "既像借阅又像清退";
    LEVELS_CONTRADICTION = "levels-contradiction", Warning, "部门、个人的自查答复与台账或者相互之间矛盾。", "个人答“是”，台账显示逾期未还";
    LEVELS_UNANSWERED = "levels-unanswered", Note, "有部门、个人的自查表没有答复。", "发出92份，收回60份";
    LIMIT_EXCEEDED = "limit-exceeded", Error, "文件内容超过读取上限。", "压缩后很小、展开后极大";
    LINK_INSIDE = "link-inside", Note, "指向本文件夹之内的链接，没有重复读取。", "同一文件的快捷链接";
    LINK_OUTSIDE = "link-outside", Warning, "指向文件夹之外的链接，没有读取。", "链接到共享盘";
    LIST_ATTACHMENTS = "list-attachments", Warning, "旧整改清单中的图片、批注不能带入新清单。", "批注仍在 out/history 的原件里";
    LIST_CELL = "list-cell", Warning, "整改清单中填写的内容认不出。", "完成日期写“月底”";
    LIST_CONTRADICTION = "list-contradiction", Warning, "两份整改清单填写的内容互相矛盾。", "一份写“已完成”，一份写“整改中”";
    LIST_MASKED = "list-masked", Warning, "脱敏的整改清单不能读回。", "清单由 --redact 生成";
    LIST_OPEN = "list-open", Warning, "整改清单正被其他程序打开。", "可能有未保存的内容";
    LIST_READ = "list-read", Note, "读入了填写过的整改清单。", "带入 12 行";
    LIST_ROWS_MOVED = "list-rows-moved", Warning, "整改清单排序时没有带上隐藏列，已按内容对应。", "可见列与隐藏列错开";
    LIST_UNMATCHED = "list-unmatched", Note, "整改清单中有的行对不上任何问题。", "人工增加的行";
    LIST_UNREADABLE = "list-unreadable", Warning, "整改清单读不出来。", "存成了不能读取的格式";
    LOCK_FILE = "lock-file", Note, "WPS 或 Excel 留下的锁定文件，没有读取。", "~$收文.xlsx";
    MAN = "man", Error, "帮助手册没有生成。", "磁盘已满";
    MANIFEST_BROKEN = "manifest-broken", Error, "manifest.json 不是本程序写出的样子，无从核对。", "文件被改动过";
    MANIFEST_MISSING = "manifest-missing", Error, "没有 manifest.json，无从核对。", "只带走了报告";
    MARKED_DONE_STILL_FOUND = "marked-done-still-found", Warning, "清单写“已完成”，检查仍然发现该问题。", "台账还没有更正";
    MEMORY_BUDGET = "memory-budget", Error, "读入的台账超过内存上限，文件没有读取。", "几十本百万行的台账放在一起";
    MERGED_CIRCLE = "merged-circle", Error, "检查项互相并入，绕成一圈。", "甲并入乙，乙并入甲";
    MISSING_KEY = "missing-key", Error, "缺少必须写的一项。", "没有写标题";
    NAME_TAKEN = "name-taken", Error, "名称或编号已经有了。", "两个检查项同一编号";
    NOTHING_TO_READ = "nothing-to-read", Error, "文件夹里没有可以读取的台账。", "空文件夹";
    OWN_TEXT_CHAPTER = "own-text-chapter", Error, "本单位说明文字的标题不是报告中有的。", "标题拼错";
    OWN_TEXT_DOCUMENT = "own-text-document", Error, "本单位说明文字的文件名不是可用的文件名。", "文件名拼错";
    OWN_TEXT_LONG = "own-text-long", Error, "本单位的说明文字过长。", "超过上限";
    PACK_HEAD = "pack-head", Error, "清单包的 pack.yaml 有误。", "缺少编号";
    PACK_MISSING = "pack-missing", Error, "没有这个清单包。", "名称拼错";
    PACK_NARROW = "pack-narrow", Error, "清单包收窄检查项的写法有误。", "收窄的条件不是记录的条件";
    PACK_NARROW_IDLE = "pack-narrow-idle", Warning, "清单包收窄了一个不检查的条目。", "该条目已停用";
    PACK_ORDER = "pack-order", Note, "两个清单包给同一参数不同的取值，以后一个为准。", "借阅天数一个 30、一个 15";
    PACK_PATH = "pack-path", Error, "清单包不在工作目录内。", "写成了上级文件夹";
    PACK_UNREADABLE = "pack-unreadable", Error, "清单包读不出来。", "没有读取权限";
    PDF_INTERNAL = "pdf-internal", Error, "排版时程序内部出错，这个 PDF 没有生成。", "其他格式不受影响";
    PDF_MISSING_GLYPH = "pdf-missing-glyph", Warning, "字体中没有某些字，PDF 中显示为方框。", "生僻字姓名";
    PDF_NO_FONTS = "pdf-no-fonts", Error, "没有可用的中文字体，PDF 没有生成。", "本机没有宋体、仿宋";
    PICTURES = "pictures", Note, "工作表中有图片，图片里的文字没有读取。", "签名是图片";
    PROFILE_ABSENT = "profile-absent", Note, "没有 zicha.yaml，按默认设置检查。", "第一次使用";
    PROFILE_MAPPING = "profile-mapping", Error, "zicha.yaml 的 columns 中的台账或字段不存在。", "字段名拼错";
    PROFILE_MISNAMED = "profile-misnamed", Warning, "设置文件的名称不对，没有读取。", "写成了 zicha.yml";
    PROFILE_UNMATCHED = "profile-unmatched", Warning, "zicha.yaml 的 sheets、columns 写的文件、工作表或标题并不存在。", "文件是 .xlsx，写成了 .xls";
    RECORDS_COPIED = "records-copied", Warning, "一张表的记录与另一张表相同，只计一次。", "“2026年 (2)”是“2026年”的副本";
    RECTIFICATION_OVERDUE = "rectification-overdue", Note, "有问题超过整改期限。", "期限是上月底";
    ROLLUP_LEFT_OUT = "rollup-left-out", Error, "有单位的结果读不出来或被改动，没有汇总。", "results.json 与 manifest 不符";
    ROLLUP_NOTHING = "rollup-nothing", Error, "这里没有可以汇总的结果。", "文件夹里没有 results.json";
    ROLLUP_UNIT_SPELLING = "rollup-unit-spelling", Warning, "两个单位名称可能是同一单位。", "市档案局、市档案局（本级）";
    ROLLUP_WITHOUT_RESULTS = "rollup-without-results", Warning, "有的文件夹没有结果，没有汇总。", "单位没有上报";
    ROSTER_MARK_UNKNOWN = "roster-mark-unknown", Warning, "值班表中的记号看不出是否值班，没有计入。", "姓名与日期相交的格中写“A”";
    ROWS_OF_ANOTHER_LEDGER = "rows-of-another-ledger", Note, "有的行记入了另一本台账。", "打印机列在计算机台账中";
    ROWS_STRUCK = "rows-struck", Warning, "整行划去的记录不检查、不计数。", "作废的登记";
    RULE_ARITY = "rule-arity", Error, "规则中函数的参数个数不对。", "days_between 只写了一个日期";
    RULE_NAME = "rule-name", Error, "规则中的名称不存在。", "变量名拼错";
    RULE_SYNTAX = "rule-syntax", Error, "规则的写法有误。", "括号没有成对";
    RULE_TYPE = "rule-type", Error, "规则中的类型不合。", "日期与文字比较";
    RUN_IN_PROGRESS = "run-in-progress", Error, "另一次检查正在写同一个输出文件夹。", "两次同时运行";
    SCORING_CELL = "scoring-cell", Note, "自评表里要填的格子已有内容，没有改写。", "得分一格已经写了 3";
    SCORING_FORM = "scoring-form", Error, "上级的评分表读不出来。", "文件里没有带分值的表格";
    SCORING_GAP = "scoring-gap", Warning, "评分标准没有顾到有的检查项。", "清单包新增的检查项没有分值";
    SCORING_MODEL = "scoring-model", Error, "评分标准有误。", "各项分值之和与总分不符";
    SCORING_OPEN = "scoring-open", Warning, "评分表还有要由人确认或者补写的内容。", "扣分的检查项待确认";
    SCORING_ROW = "scoring-row", Note, "评分表中有一行没有用到。", "两组之间的一行说明";
    SCORING_SOURCE = "scoring-source", Warning, "评分表的原文件不在或者改过，不能照原样填回。", "原文件改了名";
    SCORING_SUM = "scoring-sum", Warning, "评分表的分值合计与表上写的不符。", "各项相加 99 分，总分写 100 分";
    SCORING_UNREAD = "scoring-unread", Warning, "评分表里有一处没有读懂，已作为文字保留。", "“视情节酌情扣分”";
    SCORING_UNUSED = "scoring-unused", Warning, "文件夹里有评分标准，设置没有写明用它。", "导入以后没有写 scoring";
    SHEET_BROKEN = "sheet-broken", Error, "工作表已经损坏，其余工作表照常读取。", "一张表的数据不完整";
    SHEET_NOT_READ = "sheet-not-read", Warning, "工作表没有读取，其余工作表照常读取。", "宏表";
    SHEET_UNRECOGNISED = "sheet-unrecognised", Warning, "工作表里有一部分不是认识的台账。", "台账下面另有一张表";
    SHIFT_WITHOUT_ANYBODY = "shift-without-anybody", Note, "值班表中有班次没有填写值班人，按无人值班计。", "10月4日夜班一格是空的";
    STANDARD_CHANGED = "standard-changed", Warning, "检查依据与上次不同，两次结果不能直接比较。", "清单包换了版本";
    TABLE_NOT_READ = "table-not-read", Warning, "这种表格文件不能读取。", "numbers 文件";
    TABLES_SIDE_BY_SIDE = "tables-side-by-side", Note, "一张工作表里并排的几张表分别读取。", "A—F 列是保密柜，I—M 列是笔记本";
    TERM_CONDITION = "term-condition", Note, "保密期限写的是条件，不是日期。", "“工作结束时解密”";
    TERM_DIFFERS = "term-differs", Warning, "保密期限列与密级标注中的期限不一致。", "一处 10 年，一处 20 年";
    TEXT_ENCODING = "text-encoding", Error, "文字编码无法识别。", "不是 UTF-8、UTF-16 或 GBK";
    THREADS = "threads", Error, "不能按要求的线程数运行。", "系统资源不足";
    UNITS_UNREADABLE = "units-unreadable", Error, "单位名单读不出来。", "文件不存在";
    UNKNOWN_CONTROL = "unknown-control", Error, "没有这个编号的检查项。", "disable 中写了 DOC-999";
    UNKNOWN_ENUM = "unknown-enum", Error, "没有这个取值表。", "取值表名称拼错";
    UNKNOWN_FIELD = "unknown-field", Error, "没有这个字段。", "字段名拼错";
    UNKNOWN_FUNCTION = "unknown-function", Error, "没有这个函数。", "函数名拼错";
    UNKNOWN_KEY = "unknown-key", Error, "没有这个设置项。", "unit 写成 units";
    UNKNOWN_LEDGER = "unknown-ledger", Error, "没有这本台账。", "台账名称拼错";
    UNKNOWN_PARAMETER = "unknown-parameter", Error, "没有这个参数。", "参数名拼错";
    UNKNOWN_VALUE = "unknown-value", Error, "没有这个取值。", "密级写“高密”";
    UNREADABLE_COUNTED = "unreadable-counted", Warning, "无法识读的单元格过多，超出部分只列在 results.json。", "一列日期都写成文字";
    VALUE_IMPLAUSIBLE = "value-implausible", Warning, "数值或日期不合常理。", "份数 -3；归还日期早于借出日期";
    VALUE_INTERPRETED = "value-interpreted", Note, "单元格的写法按推断读取。", "“长期”读作没有期限";
    VALUE_PLACEHOLDER = "value-placeholder", Warning, "单元格写的是空值标记或“待定”一类的话，没有写出内容。", "批准人写“NULL”";
    VALUES_CONTRADICT = "values-contradict", Warning, "两处写的内容互相矛盾。", "标题写“涉密”，行里写“非密”";
    VIOLATIONS_COUNTED = "violations-counted", Warning, "问题过多，超出部分只计数。", "一列整列填错";
    WAIVER_ELSEWHERE = "waiver-elsewhere", Note, "豁免的检查项不在本次清单上。", "节前检查没有用到年度清单的豁免";
    WAIVER_EXPIRED = "waiver-expired", Warning, "豁免已经到期，不起作用。", "到期日是上月底";
    WAIVER_UNKNOWN_CONTROL = "waiver-unknown-control", Warning, "豁免写的检查项不存在，没有起作用。", "编号拼错";
    WAIVER_UNKNOWN_LEDGER = "waiver-unknown-ledger", Warning, "豁免写的台账不存在，没有起作用。", "台账名称拼错";
    WAIVER_UNUSED = "waiver-unused", Warning, "豁免没有对应的问题，没有起作用。", "问题已经整改";
    WORKBOOK = "workbook", Error, "空白台账没有做成。", "写表格时出错";
    WORKSPACE_EMPTY = "workspace-empty", Warning, "台账都是空的。", "新建的工作目录还没有填写";
    YAML_ALIAS = "yaml-alias", Error, "YAML 的别名（& 和 *）不能使用。", "写了 *a";
    YAML_DEPTH = "yaml-depth", Error, "YAML 嵌套层数过多。", "超过上限";
    YAML_DOCUMENTS = "yaml-documents", Error, "一个 YAML 文件里有几份文档。", "文件中间写了 ---";
    YAML_DUPLICATE_KEY = "yaml-duplicate-key", Error, "同一项写了两遍。", "unit 写了两遍";
    YAML_KEY = "yaml-key", Error, "YAML 的键必须是文字。", "键写成了列表";
    YAML_NESTED = "yaml-nested", Warning, "YAML 台账的一项里又有列表或映射。", "姓名写成了列表";
    YAML_SHAPE = "yaml-shape", Error, "YAML 的层次不合。", "应当是列表";
    YAML_SYNTAX = "yaml-syntax", Error, "YAML 的写法有误。", "缩进没有对齐";
    YEAR_AHEAD = "year-ahead", Warning, "检查年度在检查日之后。", "--year 2027 而检查日在 2026 年";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_sorted_and_constants_are_spelt_like_their_codes() {
        assert!(ALL.windows(2).all(|pair| pair[0] < pair[1]));
        for (code, constant) in ALL.iter().zip(CONSTANTS) {
            assert_eq!(code.name().to_uppercase().replace('-', "_"), *constant);
        }
    }

    #[test]
    fn every_code_is_explained_in_a_sentence_with_an_example() {
        for code in ALL {
            assert!(code.meaning().ends_with('。'), "{code}");
            assert!(
                !code.example().is_empty() && !code.example().ends_with('。'),
                "{code}"
            );
        }
    }
}
