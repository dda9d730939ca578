//! Makes faults and notes them: a record has one fault at most, so that each is told for itself.

use super::faults::Fault;
use super::world::{Row, World};
use std::collections::BTreeSet;

/// The world while faults are sown into it.
pub(crate) struct Sower<'w> {
    /// The unit.
    pub(crate) world: &'w mut World,
    /// What was sown so far.
    pub(crate) faults: Vec<Fault>,
    touched: BTreeSet<(&'static str, usize)>,
}

impl<'w> Sower<'w> {
    /// Nothing sown yet.
    pub(crate) fn new(world: &'w mut World) -> Self {
        Self {
            world,
            faults: Vec::new(),
            touched: BTreeSet::new(),
        }
    }

    /// A record that has no fault yet: the middle one of those wanted.
    pub(crate) fn find(&mut self, ledger: &'static str, wanted: impl Fn(&Row) -> bool) -> usize {
        let rows = self.world.rows(ledger).iter();
        let fit: Vec<usize> = rows
            .filter(|row| wanted(row) && !self.touched.contains(&(ledger, row.uid)))
            .map(|row| row.uid)
            .collect();
        assert!(!fit.is_empty(), "no record left in {ledger}");
        self.among(ledger, &fit)
    }

    /// The middle one of these records that has no fault yet, or of all where each has one.
    pub(crate) fn among(&mut self, ledger: &'static str, fit: &[usize]) -> usize {
        let free = |uid: &&usize| !self.touched.contains(&(ledger, **uid));
        let free: Vec<usize> = fit.iter().filter(free).copied().collect();
        let fit = if free.is_empty() { fit } else { &free };
        let uid = fit[fit.len() / 2];
        self.touched.insert((ledger, uid));
        uid
    }

    /// Notes a fault of a record.
    pub(crate) fn note(
        &mut self,
        control: &'static str,
        ledger: &'static str,
        uid: usize,
        fields: &[&'static str],
        phrase: &'static str,
    ) {
        self.touched.insert((ledger, uid));
        let key = key(self.world, ledger, uid);
        self.faults.push(Fault {
            control,
            ledger,
            uid: Some(uid),
            key,
            fields: fields.to_vec(),
            phrase,
        });
    }

    /// The last fault noted is about a group of records: its key is what they have in common.
    pub(crate) fn group(&mut self, key: String) {
        if let Some(fault) = self.faults.last_mut() {
            fault.key = key;
        }
    }

    /// Notes a fault that no cell shows: something was not done at all.
    pub(crate) fn absent(
        &mut self,
        control: &'static str,
        ledger: &'static str,
        key: &str,
        phrase: &'static str,
    ) {
        self.faults.push(Fault {
            control,
            ledger,
            uid: None,
            key: key.to_owned(),
            fields: Vec::new(),
            phrase,
        });
    }

    /// Takes records out.
    pub(crate) fn drop(&mut self, ledger: &'static str, unwanted: impl Fn(&Row) -> bool) {
        if let Some(rows) = self.world.ledgers.get_mut(ledger) {
            rows.retain(|row| !unwanted(row));
        }
    }
}

/// The record's key as results tell it.
fn key(world: &World, ledger: &str, uid: usize) -> String {
    let row = world
        .rows(ledger)
        .iter()
        .find(|row| row.uid == uid)
        .expect("a record of the ledger");
    let field = match ledger {
        "leadership_group" => {
            return row
                .who("person")
                .map_or(String::new(), |who| world.people[who.0].id.clone());
        }
        "attestations" => return answer_key(row),
        "allowances" => {
            let person = row.who("person").map(|who| world.people[who.0].id.as_str());
            return format!("{}|{}", person.unwrap_or_default(), row.text("month"));
        }
        "unit_profile" => "unit_name",
        "departments" => "dept_id",
        "personnel" => "person_id",
        "classified_posts" => "post_id",
        "documents_received" => "reg_no",
        "computers" => "asset_no",
        "media" => "media_no",
        "key_sites" => "site_id",
        "systems" => "system_id",
        "rectifications" => "item_id",
        _ => return numbered(row),
    };
    row.text(field).to_owned()
}

/// Most ledgers number their records in a field that ends in `_id` and refers to nothing else.
fn numbered(row: &Row) -> String {
    let own = [
        "circ_id",
        "borrow_id",
        "carry_id",
        "stocktake_id",
        "destroy_id",
        "departure_id",
        "exit_id",
        "usage_id",
        "maint_id",
        "meeting_id",
        "duty_id",
        "case_id",
        "incident_id",
        "inspection_id",
        "visit_id",
        "access_id",
        "print_id",
        "dispatch_id",
        "copy_id",
        "item_no",
        "party_id",
        "review_id",
        "training_id",
        "commitment_id",
        "right_id",
        "reward_id",
        "volume_no",
        "contact_id",
        "provision_id",
        "fax_id",
        "telegram_no",
        "device_no",
        "asset_id",
        "record_id",
        "notebook_no",
        "book_no",
        "container_id",
        "title",
    ];
    own.iter()
        .map(|field| row.text(field))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// The scope of an answer is part of its key, as the id of the enumeration.
fn answer_key(row: &Row) -> String {
    let scope = if row.text("scope_type") == "部门" {
        "department"
    } else {
        "unit"
    };
    let (control, about) = (row.text("requirement_id"), row.text("scope_ref"));
    format!("{control}||{scope}|{about}")
}
