//! Members and their devices.

use super::desk::{Desk, Device, refused};
use tickmark::{
    hub::{Hub, HubError, Inviting, Joining, Postgres, Refusal},
    model::{DeviceId, PersonId, Role},
};
use uuid::Uuid;

fn admitted(outcome: Result<impl Sized, HubError>) -> bool {
    !matches!(outcome, Err(HubError::NotAdmitted(_)))
}

#[test]
fn an_invite_works_once() {
    let Some(mut desk) = Desk::open() else { return };
    let invite = desk.invite("Ben Short", Role::Reporter, None);
    let mut early = Postgres::new(invite.clone(), DeviceId(Uuid::now_v7())).unwrap();
    early.state().expect("the login works before the device joined");
    Device::join(invite.clone(), PersonId(Uuid::now_v7())).expect("it works");
    assert!(!admitted(Device::join(invite, PersonId(Uuid::now_v7()))));
    let again =
        Joining { key: [1; 32], label: "x".into(), person: PersonId(Uuid::now_v7()), password: "y".into() };
    assert_eq!(refused(early.join(&again)).0, Refusal::NoMember, "also on a connection that is open");
}

#[test]
fn a_join_whose_answer_was_lost_is_repeated() {
    let Some(mut desk) = Desk::open() else { return };
    let invite = desk.invite("Ben Short", Role::Reporter, None);
    let (device, person) = (DeviceId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
    let joining = Joining { key: [1; 32], label: "x".into(), person, password: "own".into() };
    let mut first = Postgres::new(invite.clone(), device).unwrap();
    first.join(&joining).expect("it joins");
    first.join(&joining).expect("and again");
    let mut second =
        Postgres::new(tickmark::hub::Invite { password: "own".into(), ..invite }, device).unwrap();
    second.join(&joining).expect("and after a restart");
}

#[test]
fn members_are_listed_with_their_devices() {
    let Some(mut desk) = Desk::open() else { return };
    let ben = desk.member(Role::Reporter);
    let invite = desk.invite("Ben Short", Role::Reader, Some(ben.person));
    let phone = Device::join(invite, ben.person).expect("a second device joins");
    let members = desk.chief.hub.members().expect("members");
    let found = members.iter().find(|m| m.person == Some(ben.person)).expect("ben");
    assert_eq!((members.len(), found.name.as_str(), found.role), (2, "Ben Short", Role::Reporter));
    let keys: Vec<_> = found.devices.iter().map(|d| (d.device, d.key)).collect();
    assert_eq!(keys, [&ben, &phone].map(|d| (d.id, d.key.verifying_key().to_bytes())));
    assert_eq!(found.login, ben.invite.login);
}

#[test]
fn both_devices_of_a_member_work_and_one_alone_is_revoked() {
    let Some(mut desk) = Desk::open() else { return };
    let mut laptop = desk.member(Role::Reporter);
    let invite = desk.invite("Ben Short", Role::Reporter, Some(laptop.person));
    let mut phone = Device::join(invite, laptop.person).expect("a second device joins");
    let (article, imported) = laptop.article();
    laptop.send(&imported);
    phone.send(&phone.mark(article));
    desk.chief.hub.revoke(laptop.id).expect("it is revoked");
    let outcome = laptop.push(&[laptop.mark(article)]);
    assert_eq!(refused(outcome).0, Refusal::NoMember);
    assert_eq!(refused(laptop.hub.pull(laptop.epoch, 0, 10)).0, Refusal::NoMember);
    assert!(!admitted(laptop.again().state()), "it cannot even connect");
    assert_eq!(phone.pull().len(), 2);
    let members = desk.chief.hub.members().unwrap();
    let revoked =
        |id| members.iter().flat_map(|m| &m.devices).find(|d| d.device == id).unwrap().revoked.is_some();
    assert_eq!((revoked(laptop.id), revoked(phone.id)), (true, false));
}

#[test]
fn a_removed_member_is_out_and_what_they_recorded_stays() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let (article, imported) = ben.article();
    ben.send(&imported);
    desk.chief.hub.remove(&ben.invite.login).expect("he is removed");
    assert_eq!(refused(ben.push(&[ben.mark(article)])).0, Refusal::NoMember);
    assert_eq!(refused(ben.hub.state()).0, Refusal::NoMember);
    assert!(!admitted(ben.again().state()));
    assert_eq!(desk.chief.pull().len(), 1);
    let invite = desk.invite("Ben Short", Role::Reader, Some(ben.person));
    Device::join(invite, ben.person).expect("he can come back");
}

#[test]
fn only_the_chief_manages_members_and_one_chief_stays() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Checker);
    let (chief, own) = (desk.chief.invite.login.clone(), ben.invite.login.clone());
    let inviting = Inviting { name: "X".into(), role: Role::Chief, person: None, password: "p".into() };
    assert_eq!(refused(ben.hub.invite(&inviting)).0, Refusal::Role);
    assert_eq!(refused(ben.hub.set_role(&own, Role::Chief)).0, Refusal::Role);
    assert_eq!(refused(ben.hub.remove(&chief)).0, Refusal::Role);
    assert_eq!(refused(ben.hub.revoke(desk.chief.id)).0, Refusal::Role);
    assert_eq!(refused(ben.hub.recover(true)).0, Refusal::Role);
    assert_eq!(refused(desk.chief.hub.remove(&chief)).0, Refusal::Role);
    assert_eq!(refused(desk.chief.hub.set_role(&chief, Role::Reader)).0, Refusal::Role);
    desk.chief.hub.set_role(&own, Role::Chief).expect("a second chief");
    ben.hub.remove(&chief).expect("now the first one may go");
}

#[test]
fn a_person_is_one_member() {
    let Some(mut desk) = Desk::open() else { return };
    let invite = desk.invite("Somebody", Role::Reporter, None);
    let chief = desk.chief.person;
    assert_eq!(refused(Device::join(invite, chief).map(drop)).0, Refusal::Name);
    let invite = desk.invite("Cleo", Role::Reporter, Some(PersonId(Uuid::now_v7())));
    assert_eq!(refused(Device::join(invite, PersonId(Uuid::now_v7())).map(drop)).0, Refusal::Name);
}

#[test]
fn an_invite_is_good_for_seven_days_and_a_device_for_ever() {
    let Some(mut desk) = Desk::open() else { return };
    let invite = desk.invite("Ben Short", Role::Reporter, None);
    let kept = |login: &str| {
        let days =
            "coalesce(round(extract(epoch from nullif(rolvaliduntil, 'infinity') - now()) / 86400), 0)";
        let sql = format!("select {days}, left(rolpassword, 13) from pg_authid where rolname = '{login}'");
        desk.server.sql(None, &sql).expect("a login")
    };
    assert_eq!(kept(&invite.login), "7|SCRAM-SHA-256");
    assert_eq!(kept(&desk.chief.invite.login), "0|SCRAM-SHA-256");
    let past = format!("alter role {} valid until '2020-01-01'", invite.login);
    desk.server.sql(None, &past).expect("time passes");
    assert!(!admitted(Device::join(invite, PersonId(Uuid::now_v7()))));
}

#[test]
fn a_clear_password_is_not_taken() {
    let Some(desk) = Desk::open() else { return };
    let sql = format!("select hub.invite('{}', 'x', 'reader', 'a clear password', null)", desk.chief.desk());
    let told = desk.server.sql(Some(&desk.chief.invite), &sql).expect_err("it is refused");
    assert!(told.starts_with("TM010"), "{told}");
}
