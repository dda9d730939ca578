//! The house keeps its order: imports run one way, each library is named only where it belongs.

use std::{collections::BTreeMap, fs, path::Path};

/// Modules from the ground up; a module may use itself and those on lower floors.
const FLOORS: &[(&str, u8)] = &[
    ("embedded", 0),
    ("diag", 1),
    ("model", 2),
    ("read", 3),
    ("calendar", 3),
    ("rule", 3),
    ("rollup", 3),
    ("check", 4),
    ("assess", 5),
    ("report", 6),
    ("pipeline", 7),
    ("init", 8),
    ("cli", 9),
];

/// Library → the modules that may name it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("calamine::", &["read"]),
    ("quick_xml::", &["read"]),
    ("tera::", &["report"]),
    ("typst", &["report"]),
    ("pulldown_cmark::", &["report"]),
    ("rust_xlsxwriter::", &["report"]),
    ("rayon::", &["read", "check", "report", "rollup", "cli"]),
    ("clap::", &["cli"]),
];

#[test]
fn imports_run_one_way() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, module, text) in sources() {
        let Some(&here) = floors.get(module.as_str()) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for used in used_modules(line) {
                let Some(&there) = floors.get(used) else {
                    continue;
                };
                if used != module && there >= here {
                    faults.push(format!(
                        "{path}:{}: {module} may not use {used}",
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let homeless: Vec<_> = sources()
        .into_iter()
        .map(|(_, module, _)| module)
        .filter(|m| m != "main" && m != "lib" && !floors.contains_key(m.as_str()))
        .collect();
    assert!(homeless.is_empty(), "{homeless:?}");
}

#[test]
fn libraries_are_named_only_where_they_belong() {
    let mut faults = Vec::new();
    for (path, module, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            for (library, homes) in LIBRARIES {
                let named = line.trim_start().starts_with("use ") && line.contains(library);
                if named && !homes.contains(&module.as_str()) {
                    faults.push(format!("{path}: {module} names {library}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_network_code_is_linked() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for package in [
        "reqwest",
        "hyper",
        "ureq",
        "rustls",
        "native-tls",
        "curl",
        "tokio",
        "socket2",
        "mio",
    ] {
        assert!(
            !lock.contains(&format!("name = \"{package}\"\n")),
            "{package} is linked"
        );
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file: path, top-level module, text.
fn sources() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let relative = path
                    .strip_prefix(root().join("src"))
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                let module = relative
                    .split('/')
                    .next()
                    .unwrap()
                    .trim_end_matches(".rs")
                    .to_owned();
                found.push((relative, module, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// Top-level modules that a line names as `crate::name` or `zicha::name`, grouped imports included.
fn used_modules(line: &str) -> Vec<&str> {
    if line.trim_start().starts_with("//") {
        return Vec::new();
    }
    line.match_indices("crate::")
        .filter_map(|(at, prefix)| {
            let rest = &line[at + prefix.len()..];
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            (!rest[..end].is_empty()).then_some(&rest[..end])
        })
        .collect()
}
