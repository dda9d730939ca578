//! A workspace read with the whole pack, ready to be judged on the day of the samples.

use std::path::Path;
use zicha_calendar::{self as calendar, Request};
use zicha_engine::{self as check, Outcome};
use zicha_model::{dataset::Dataset, plan::Plan, profile::Profile, time::Day};
use zicha_read as read;
use zicha_rule::pack::{self, Catalogue};

/// What a run has before it checks: both checklists, on 24 September 2026.
pub struct Workspace {
    /// Its settings.
    pub profile: Profile,
    /// Controls and ledgers.
    pub catalogue: Catalogue,
    /// What was read.
    pub dataset: Dataset,
    /// Day and periods.
    pub plan: Plan,
}

impl Workspace {
    /// Reads a workspace whose settings are in order.
    pub fn read(root: &Path) -> Self {
        let (profile, _, told) = read::settings::profile::load(root);
        assert!(told.is_empty(), "{told:?}");
        let (catalogue, told) = pack::load(root, &profile);
        assert!(told.is_empty(), "{told:?}");
        let options = read::Options {
            leave_out: vec![root.join("out")],
        };
        let mut dataset = read::read(root, &catalogue.schemas, &profile, &options);
        let request = Request {
            as_of: Day::of(2026, 9, 24).expect("a day"),
            annual: true,
            festival: true,
            festival_kind: None,
            year: None,
            period: None,
        };
        let (plan, _) = calendar::plan(&request, &profile);
        dataset.hold_back_future_facts(&catalogue.schemas, plan.as_of);
        Self {
            profile,
            catalogue,
            dataset,
            plan,
        }
    }

    /// How all controls end.
    pub fn judge(&self) -> Vec<Outcome> {
        check::run(&self.catalogue, &self.dataset, &self.plan, &self.profile)
    }
}

/// A control by itself, for a quick look at it alone.
pub fn alone(all: &Catalogue, control: usize) -> Catalogue {
    Catalogue {
        schemas: all.schemas.clone(),
        controls: vec![all.controls[control].clone()],
        parameters: all.parameters.clone(),
        open_when: all.open_when.clone(),
        switched_off: all.switched_off.clone(),
        ..Catalogue::default()
    }
}
