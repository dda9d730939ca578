//! The catalogue as shipped, and what people are told about mistakes in their own rules.

use std::path::Path;
use zicha::{diag::human, model::profile::Profile, rule::pack};

#[test]
fn the_built_in_catalogue_has_no_mistakes() {
    let (catalogue, diagnostics) = pack::load(Path::new("/nowhere"), &Profile::default());
    let told: String = diagnostics.iter().map(human::render).collect();
    assert!(told.is_empty(), "{told}");
    assert_eq!(catalogue.schemas.ledgers.len(), 56);
    assert_eq!(catalogue.schemas.enums.len(), 66);
    assert_eq!(catalogue.parameters.len(), 122);
    assert!(catalogue.controls.len() >= 57);
    assert_eq!(catalogue.open_when.len(), 13);
}
