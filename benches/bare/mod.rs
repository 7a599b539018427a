//! The bare database beside which a hub is measured, and how a comparison is printed.

use crate::desk::Server;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::Client;

/// The database without a hub: one table, one index, rows of the same size.
pub struct Bare {
    runtime: Runtime,
    client: Client,
    bytes: usize,
}

impl Bare {
    /// A connection to the database, with rows of so many bytes.
    pub fn on(server: &Server, bytes: usize) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(async {
            let mut roots = RootCertStore::empty();
            let ca = CertificateDer::from_pem_slice(server.ca.as_bytes()).expect("a certificate");
            roots.add(ca).expect("an authority");
            let provider = rustls::crypto::ring::default_provider().into();
            let tls = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .expect("TLS")
                .with_root_certificates(roots)
                .with_no_client_auth();
            let url = server.url.split('?').next().expect("an address").to_owned() + "?sslmode=require";
            let tls = tokio_postgres_rustls::MakeRustlsConnect::new(tls);
            let (client, connection) = tokio_postgres::connect(&url, tls).await.expect("a connection");
            tokio::spawn(connection);
            let sql = "create table if not exists bare (seq bigint generated always as identity primary key, data bytea)";
            client.batch_execute(sql).await.expect("a table");
            client
        });
        Self { runtime, client, bytes }
    }

    /// How long each insert of so many rows took.
    pub fn each(&mut self, rows: usize, times: usize) -> Vec<Duration> {
        let Self { runtime, client, bytes } = self;
        let data: Vec<Vec<u8>> =
            (0..rows).map(|n| (0..*bytes).map(|b| (b * 31 + n) as u8).collect()).collect();
        runtime.block_on(async {
            let sql = "insert into bare (data) select * from unnest($1::bytea[]) returning seq";
            let insert = client.prepare(sql).await.expect("a statement");
            let mut took = Vec::new();
            for _ in 0..times {
                let begun = Instant::now();
                assert_eq!(client.query(&insert, &[&data]).await.expect("rows").len(), rows);
                took.push(begun.elapsed());
            }
            took
        })
    }
}

/// Prints how long calls of `batch` actions each took, beside inserts of one row.
pub fn tell(what: &str, took: &[Duration], bare: &[Duration], batch: usize) {
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    let (p50, p99) = (at(took, 50), at(took, 99));
    println!(
        "{what}: {:.0} actions/s, p50 {p50:.2?}, p99 {p99:.2?}; bare {:.0} rows/s, p50 {:.2?}: {:.1} x and {:.1} x its p50",
        per_second(took, batch),
        per_second(bare, batch),
        at(bare, 50),
        ratio(p50, at(bare, 50)),
        ratio(p99, at(bare, 50)),
    );
}

/// How many actions or rows a second that is.
pub fn per_second(took: &[Duration], batch: usize) -> f64 {
    (took.len() * batch) as f64 / took.iter().sum::<Duration>().as_secs_f64()
}

/// A percentile.
pub fn at(took: &[Duration], percent: usize) -> Duration {
    let mut sorted = took.to_vec();
    sorted.sort();
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}
