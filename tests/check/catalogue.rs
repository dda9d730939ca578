//! Every control of the catalogue against the examples that it carries.

use std::path::Path;
use zicha::check::examples;
use zicha::model::profile::Profile;
use zicha::rule::pack;

#[test]
fn every_example_comes_out_as_it_says() {
    let (catalogue, mistakes) = pack::load(Path::new("no-such-folder"), &Profile::default());
    assert!(catalogue.controls.len() > 300, "{mistakes:?}");
    let mut faults = Vec::new();
    for (index, compiled) in catalogue.controls.iter().enumerate() {
        for example in &compiled.control.examples {
            if let Err(fault) = examples::run(&catalogue, index, example) {
                faults.push(format!(
                    "{} {}: {fault}",
                    compiled.control.id, example.title
                ));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}
