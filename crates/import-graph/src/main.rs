//! `cargo run -p zicha-import-graph [-- CRATE_FOLDER...]`: prints the graph and its circles; the exit
//! code is 1 if there is one.

#![expect(clippy::print_stdout, reason = "printing is what the script is for")]

use std::{env, io, path::PathBuf, process::ExitCode};
use zicha_import_graph::{Graph, circles, packages, shown};

fn main() -> io::Result<ExitCode> {
    let named: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let packages = if named.is_empty() { packages()? } else { named };
    let mut count = 0;
    for package in packages {
        println!("\n{}", package.display());
        let graph = Graph::of_crate(&package.join("src/lib.rs"))?;
        for (module, named) in &graph.imports {
            let named: Vec<_> = named.iter().map(|path| shown(path)).collect();
            println!("  {} → {}", shown(module), named.join(", "));
        }
        for circle in circles(&graph) {
            count += 1;
            println!("  CIRCLE {circle}");
        }
    }
    println!("\n{count} circles");
    Ok(ExitCode::from(u8::from(count > 0)))
}
