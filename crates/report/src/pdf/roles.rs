//! The roles of the templates, and which faces may play them.

/// A role in the templates and the faces that may play it, the best first.
pub(super) struct Role {
    /// Family name that the templates use.
    pub(super) alias: &'static str,
    /// Families of office machines, by any of their names.
    pub(super) office: &'static [&'static str],
    /// Built-in faces.
    pub(super) embedded: &'static [&'static str],
}

/// Names of the built-in faces, as in `build/fonts.rs`.
pub(super) const SERIF: &str = "NotoSerifSC-Regular";
const SERIF_BOLD: &str = "NotoSerifSC-Bold";
const SANS: &str = "NotoSansSC-Medium";
pub(super) const KAI: &str = "LXGWWenKai-Regular";

/// The roles of GB/T 9704-2012 and, last, those that fill in for characters a face lacks.
pub(super) const ROLES: [Role; 9] = [
    Role {
        alias: "rpt-fang",
        office: &[
            "FangSong_GB2312",
            "仿宋_GB2312",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            "FangSong",
            "STFangsong",
            "FandolFang",
        ],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-biaosong",
        office: &[
            "FZXiaoBiaoSong-B05",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋简体",
            "方正小标宋_GBK",
            "STZhongsong",
        ],
        embedded: &[SERIF_BOLD, SANS, SERIF],
    },
    Role {
        alias: "rpt-hei",
        office: &["SimHei", "方正黑体_GBK", "FZHei-B01", "STHeiti"],
        embedded: &[SANS, SERIF_BOLD, SERIF],
    },
    Role {
        alias: "rpt-kai",
        office: &[
            "KaiTi_GB2312",
            "楷体_GB2312",
            "方正楷体_GBK",
            "FZKai-Z03",
            "KaiTi",
            "STKaiti",
            "LXGW WenKai",
        ],
        embedded: &[KAI, SERIF, SANS],
    },
    Role {
        alias: "rpt-song",
        office: &["SimSun", "方正书宋_GBK", "FZShuSong-Z01", "STSong"],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-latin",
        office: &["Times New Roman", "Liberation Serif"],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-last",
        office: &[],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-rare",
        office: &[],
        embedded: &[KAI],
    },
    Role {
        alias: "rpt-extra",
        office: &[
            "SimSun-ExtB",
            "BabelStone Han",
            "HanaMinB",
            "Segoe UI Symbol",
        ],
        embedded: &[],
    },
];

/// Roles tried, in this order, for a character that a role's own face lacks.
pub(super) const TAIL: [&str; 3] = ["rpt-last", "rpt-rare", "rpt-extra"];
