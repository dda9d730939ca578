//! Where a module lies.

/// A module's path below the crate root: `["values", "coerce"]`; empty for the root.
pub type ModulePath = Vec<String>;

/// `values::coerce`; `(root)` for the root.
pub fn shown(path: &[String]) -> String {
    if path.is_empty() {
        "(root)".to_owned()
    } else {
        path.join("::")
    }
}
