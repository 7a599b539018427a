//! What an administrator asks of a database: which shared desks are in it, and how large they are; and to close or delete one.

use super::{connect, error, setup, worker::Worker};
use crate::hub::HubError;
use std::time::Duration;
use tokio_postgres::{Client, IsolationLevel, error::Error as PgError};
use uuid::Uuid;

/// How long an administrator waits at most until a shared desk is deleted: one with a million entries takes minutes.
const LONGEST_DELETION: Duration = Duration::from_secs(3600);

/// A shared desk in a database, as its administrator sees it. What people wrote is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedDesk {
    /// Its id.
    pub desk: Uuid,
    /// Its name.
    pub name: String,
    /// founding, open, refilling or closed.
    pub state: String,
    /// How many entries it has.
    pub entries: i64,
    /// The bytes of its texts and files, and how many it may have.
    pub used: i64,
    /// The most bytes.
    pub quota: i64,
    /// Those of the bytes that no entry names yet; `None` on a hub that an older version prepared.
    pub unnamed: Option<i64>,
    /// How many members it has now.
    pub members: i64,
    /// How many of their devices are not revoked.
    pub devices: i64,
}

/// The shared desks in the database at `url`, by name, and the bytes of the whole database.
pub fn hosted_desks(url: &str, ca: Option<&str>) -> Result<(Vec<HostedDesk>, i64), HubError> {
    let config = setup::read_url(url)?;
    let work = async {
        let mut link = connect::link_as_administrator(&config, ca).await?;
        read_all(&mut link.client).await.map_err(error::of)
    };
    Worker::new()?.call(setup::LONGEST, work)
}

async fn read_all(client: &mut Client) -> Result<(Vec<HostedDesk>, i64), PgError> {
    // One snapshot: a desk that is deleted meanwhile is read as it was.
    let tx = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).start().await?;
    let size = tx.query_one("select pg_database_size(current_database())", &[]).await?.try_get(0)?;
    tx.batch_execute("set local role tickmark_hub").await?;
    let tells = "select to_regprocedure('hub.unnamed_bytes(uuid)') is not null";
    let unnamed = match tx.query_one(tells, &[]).await?.try_get(0)? {
        true => "hub.unnamed_bytes(k.desk)",
        false => "null::bigint",
    };
    let mut all = Vec::new();
    for row in tx.query("select distinct desk from hub.access", &[]).await? {
        let desk: Uuid = row.try_get(0)?;
        // Rows are seen for one desk at a time.
        tx.execute("select set_config('hub.desk', $1, true)", &[&desk.to_string()]).await?;
        let sql = format!(
            "select k.name, k.state, h.seq, k.used, k.quota, \
            (select count(*) from hub.member m where m.desk = k.desk and m.removed is null), \
            (select count(*) from hub.device v where v.desk = k.desk and v.revoked is null), {unnamed} \
            from hub.desk k join hub.head h on h.desk = k.desk where k.desk = $1"
        );
        let r = tx.query_one(&sql, &[&desk]).await?;
        let (name, state, entries) = (r.try_get(0)?, r.try_get(1)?, r.try_get(2)?);
        let (used, quota, members, devices) = (r.try_get(3)?, r.try_get(4)?, r.try_get(5)?, r.try_get(6)?);
        let unnamed = r.try_get(7)?;
        all.push(HostedDesk { desk, name, state, entries, used, quota, members, devices, unnamed });
    }
    all.sort_by(|a, b| (&a.name, a.desk).cmp(&(&b.name, b.desk)));
    Ok((all, size))
}

/// Closes a shared desk: nobody sends to it any more, and everybody reads it as before.
pub fn close_desk(url: &str, ca: Option<&str>, desk: Uuid) -> Result<(), HubError> {
    change(url, ca, "select hub.close_desk($1)", desk, setup::LONGEST)
}

/// Opens a closed desk again. It is as it was before.
pub fn open_desk(url: &str, ca: Option<&str>, desk: Uuid) -> Result<(), HubError> {
    change(url, ca, "select hub.open_desk($1)", desk, setup::LONGEST)
}

/// Removes a closed desk with all that it has, and the logins of its members. Refused if it is not closed.
pub fn delete_desk(url: &str, ca: Option<&str>, desk: Uuid) -> Result<(), HubError> {
    change(url, ca, "select hub.delete_desk($1)", desk, LONGEST_DELETION)
}

fn change(url: &str, ca: Option<&str>, sql: &str, desk: Uuid, longest: Duration) -> Result<(), HubError> {
    let config = setup::read_url(url)?;
    let work = async {
        let mut link = connect::link_as_administrator(&config, ca).await?;
        let done = async {
            let tx = setup::begin(&mut link.client).await?;
            tx.execute(sql, &[&desk]).await?;
            tx.commit().await
        };
        done.await.map_err(error::of)
    };
    Worker::new()?.call(longest, work)
}
