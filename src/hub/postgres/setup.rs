//! What an administrator does: puts the schema into a database, and begins a shared desk in it.

use super::{connect, error, verifier, worker::Worker};
use crate::{
    hub::{Host, HubError, Invite},
    messages::message,
    model::{ActionKind, Digest, Moment, Role},
};
use std::time::Duration;
use tokio_postgres::{Client, Config, Transaction, error::Error as PgError};
use uuid::Uuid;

/// How long an administrator waits at most.
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// The schema: tables and what protects them, then the functions, then who may call them.
const SCHEMA: &[&str] = &[
    include_str!("../sql/hub.sql"),
    include_str!("../sql/reading.sql"),
    include_str!("../sql/files.sql"),
    include_str!("../sql/push.sql"),
    include_str!("../sql/members.sql"),
    include_str!("../sql/administration.sql"),
    include_str!("../sql/rights.sql"),
];

/// A shared desk to begin.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Its id.
    pub desk: Uuid,
    /// Its name.
    pub name: String,
    /// The name of its chief.
    pub chief: String,
    /// The password of the chief's invite.
    pub password: String,
    /// The machines, as members reach them.
    pub hosts: Vec<Host>,
    /// The name of the database.
    pub database: String,
    /// The certificate of the authority that signed the hub's, in PEM. Without one, those of the system are used.
    pub ca: Option<String>,
}

/// Puts the schema into the database at `url` or brings it up to date, begins a shared desk in it, and returns the chief's
/// invite. `url` is the address for an administrator, as PostgreSQL's own tools take it: one who may create roles, and owns
/// the database. All of it happens, or nothing.
pub fn init(url: &str, founding: &Founding) -> Result<Invite, HubError> {
    let config = read_url(url)?;
    let work = async {
        let mut link = connect::link_as_administrator(&config, founding.ca.as_deref()).await?;
        write_all(&mut link.client, founding).await.map_err(error::of)
    };
    let (login, until) = Worker::new()?.call(LONGEST, work)?;
    Ok(Invite {
        hosts: founding.hosts.clone(),
        database: founding.database.clone(),
        desk: founding.desk,
        name: founding.name.clone(),
        login,
        password: founding.password.clone(),
        ca: founding.ca.clone(),
        until: Some(Moment(until)),
    })
}

/// The name of the database in an administrator's address.
pub fn database_in(url: &str) -> Result<String, HubError> {
    let named = read_url(url)?.get_dbname().map(str::to_owned);
    named.ok_or_else(|| HubError::Answer(message!("hub_address_no_database")))
}

/// The address without what it says about TLS, because connections are always verified.
pub(super) fn read_url(url: &str) -> Result<Config, HubError> {
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let kept: Vec<&str> = options.split('&').filter(|o| !o.is_empty() && !o.starts_with("ssl")).collect();
    format!("{address}?{}", kept.join("&"))
        .trim_end_matches('?')
        .parse()
        .map_err(|e: PgError| HubError::Answer(message!("hub_address", e = e.to_string())))
}

async fn write_all(client: &mut Client, founding: &Founding) -> Result<(String, i64), PgError> {
    let tx = begin(client).await?;
    let sql =
        "select hub.found($1, $2, $3, $4), (extract(epoch from now() + interval '7 days') * 1000)::bigint";
    let row = tx
        .query_one(sql, &[&founding.desk, &founding.name, &founding.chief, &verifier(&founding.password)])
        .await?;
    tx.commit().await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// Begins to change something in a database, in which this version's schema is then.
pub(super) async fn begin(client: &mut Client) -> Result<Transaction<'_>, PgError> {
    let tx = client.transaction().await?;
    // Two administrators at once.
    tx.batch_execute("select pg_advisory_xact_lock(7466850)").await?;
    write_schema(&tx).await?;
    tx.batch_execute("set local role tickmark_hub").await?;
    Ok(tx)
}

/// Writes the schema, unless exactly this one is there: replacing it makes everybody wait.
async fn write_schema(tx: &Transaction<'_>) -> Result<(), PgError> {
    let mark = format!("Tickmark hub, form {}, {}", crate::hub::FORM, digest());
    let sql = "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'hub'";
    let there: Option<String> = tx.query_opt(sql, &[]).await?.map(|r| r.try_get(0)).transpose()?.flatten();
    if there.as_ref() == Some(&mark) {
        return Ok(());
    }
    for part in SCHEMA {
        tx.batch_execute(part).await?;
    }
    write_roles(tx).await?;
    tx.batch_execute(&format!("comment on schema hub is '{mark}'")).await
}

fn digest() -> Digest {
    let roles = format!("{:?}", roles());
    let parts: Vec<&[u8]> = SCHEMA.iter().map(|s| s.as_bytes()).chain([roles.as_bytes()]).collect();
    Digest::of_all(&parts)
}

/// Names, and the least role for each.
type Roles = Vec<(&'static str, Role)>;

/// The rows of `may` and of `holds`.
fn roles() -> (Roles, Roles) {
    let may = ActionKind::ALL.iter().map(|kind| (kind.as_str(), Role::for_action(*kind)));
    let holds = Role::ALL.iter().flat_map(|role| role.facts().iter().map(|fact| (*fact, *role)));
    (may.collect(), holds.collect())
}

async fn write_roles(tx: &Transaction<'_>) -> Result<(), PgError> {
    let (may, holds) = roles();
    tx.batch_execute("delete from hub.may; delete from hub.holds").await?;
    for (table, rows) in [("may", may), ("holds", holds)] {
        let sql = format!("insert into hub.{table} select * from unnest($1::text[], $2::text[])");
        let (names, roles): (Vec<&str>, Vec<&str>) = rows.iter().map(|(n, r)| (*n, r.as_str())).unzip();
        tx.execute(&sql, &[&names, &roles]).await?;
    }
    Ok(())
}
