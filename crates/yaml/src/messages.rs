//! Messages about the form of a YAML document.

use crate::keys::{self, Key};

pub(crate) fn want_mapping(what: &str) -> String {
    match what {
        "" => "这里应当分项写成“名称: 内容”".to_owned(),
        what => format!("{what}应分项写成“名称: 内容”"),
    }
}

pub(crate) fn want_list() -> String {
    "这里应当是列表，每项单写一行，以“- ”开头".to_owned()
}

pub(crate) fn want_word() -> String {
    "这里应当是一个词或一句话".to_owned()
}

pub(crate) fn want_truth(found: &str) -> String {
    format!("这里应当写 true 或 false，而不是“{found}”")
}

pub(crate) fn unknown_key(what: &str, key: &str) -> String {
    match what {
        "" => format!("这里没有“{key}”这一项"),
        what => format!("{what}中没有“{key}”这一项"),
    }
}

pub(crate) fn key_twice(key: &str, allowed: &[Key]) -> String {
    let key = keys::known(key, allowed).map_or_else(|| key.to_owned(), keys::shown);
    format!("{key}写了两遍")
}

pub(crate) fn allowed(allowed: &[Key]) -> String {
    let shown: Vec<_> = allowed.iter().map(|key| keys::shown(*key)).collect();
    format!("这里可以写：{}", shown.join("、"))
}

/// A key that is not there, as [`keys::shown`] writes it.
pub(crate) fn missing_key(key: &str) -> String {
    format!("没有写{key}")
}

/// True for what [`missing_key`] tells.
pub(crate) fn is_missing_key(message: &str) -> bool {
    message.starts_with("没有写")
}

/// One more missing key behind [`missing_key`].
pub(crate) fn and_key(key: &str) -> String {
    format!("、{key}")
}
