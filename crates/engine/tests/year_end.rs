//! What is not yet due is judged on the last day of the year: nothing stays open for ever.

use std::path::Path;
use zicha_engine::{examples, run};
use zicha_model::{profile::Profile, results::CauseKind, time::Day};
use zicha_rule::pack;

#[test]
fn on_the_last_day_of_the_year_no_example_is_still_to_come() {
    let (mut catalogue, _) = pack::load(Path::new("no-workspace"), &Profile::default());
    let controls = std::mem::take(&mut catalogue.controls);
    let mut open = Vec::new();
    let mut tried = 0;
    for own in controls {
        let examples = own.control.examples.clone();
        catalogue.controls = vec![own];
        for mut example in examples {
            example.as_of = Day::parse("2026-12-31");
            let mut data = zicha_read::from_records(&catalogue.schemas, &example.records);
            let plan = examples::plan(&example);
            data.hold_back_future_facts(&catalogue.schemas, plan.as_of);
            let outcomes = run(&catalogue, &data, &plan, &Profile::default());
            let causes = outcomes.iter().flat_map(|o| &o.undecided);
            if causes.clone().any(|cause| cause.cause == CauseKind::NotDue) {
                let id = &catalogue.controls[0].control.id;
                open.push(format!("{id} “{}”", example.title));
            }
            tried += 1;
        }
    }
    assert!(tried > 2_000, "{tried}");
    assert_eq!(open, Vec::<String>::new());
}
