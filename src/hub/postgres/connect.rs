//! A connection to the hub: always over TLS, to the machine that takes writes, with its certificate and name verified.

use super::error::of;
use crate::{
    hub::{Host, HubError},
    messages::{Message, message},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{future::poll_fn, sync::Arc};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinSet,
};
use tokio_postgres::{
    AsyncMessage, Client, Config, Connection, Socket,
    config::{ChannelBinding, SslMode, TargetSessionAttrs},
    tls::{MakeTlsConnect, TlsConnect, TlsStream},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// An open connection.
pub(super) struct Link {
    /// Sends queries.
    pub client: Client,
    /// The payload of each notification.
    pub notices: UnboundedReceiver<String>,
    /// Whether it listens.
    pub listens: bool,
}

/// Asks all machines at once, and takes the first one that takes writes.
pub(super) async fn link(hosts: &[Host], login: &Config, ca: Option<&str>) -> Result<Link, HubError> {
    let tls = verified(ca)?;
    let mut tries = JoinSet::new();
    for host in hosts {
        let (config, tls) = (for_host(login, host), tls.clone());
        tries.spawn(async move { open(&config, tls).await });
    }
    let mut failed: Option<HubError> = None;
    while let Some(tried) = tries.join_next().await {
        match tried {
            Ok(Ok(link)) => return Ok(link),
            Ok(Err(error)) => failed = Some(telling(failed, error)),
            Err(stopped) => failed = Some(telling(failed, HubError::Unreachable(Message::verbatim(stopped)))),
        }
    }
    Err(failed.unwrap_or_else(|| HubError::Unreachable(message!("hub_no_machine"))))
}

/// A refused login says more than a machine that does not answer.
fn telling(earlier: Option<HubError>, error: HubError) -> HubError {
    earlier.filter(|e| !e.is_offline()).unwrap_or(error)
}

/// An administrator's connection, as their address says: over TLS, or through a socket of this machine.
pub(super) async fn link_as_administrator(config: &Config, ca: Option<&str>) -> Result<Link, HubError> {
    #[cfg(unix)]
    {
        let local = |h: &tokio_postgres::config::Host| matches!(h, tokio_postgres::config::Host::Unix(_));
        if config.get_hosts().iter().all(local) {
            return open(config, tokio_postgres::NoTls).await;
        }
    }
    let mut config = config.clone();
    config.ssl_mode(SslMode::Require).channel_binding(ChannelBinding::Prefer);
    open(&config, verified(ca)?).await
}

fn for_host(login: &Config, host: &Host) -> Config {
    let mut config = login.clone();
    config.host(&host.name).port(host.port).application_name("tickmark");
    config.ssl_mode(SslMode::Require).channel_binding(ChannelBinding::Prefer);
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    config
}

async fn open<T>(config: &Config, tls: T) -> Result<Link, HubError>
where
    T: MakeTlsConnect<Socket>,
    T::TlsConnect: TlsConnect<Socket>,
    T::Stream: TlsStream + Unpin + Send + 'static,
{
    let (client, connection) = config.connect(tls).await.map_err(of)?;
    Ok(Link { client, notices: attended(connection), listens: false })
}

/// Works the connection whenever this thread waits for an answer. It ends with the client.
fn attended<S: TlsStream + Unpin + Send + 'static>(
    mut connection: Connection<Socket, S>,
) -> UnboundedReceiver<String> {
    let (sender, notices) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|cx| connection.poll_message(cx)).await {
            if let AsyncMessage::Notification(notice) = message {
                // Nobody listens any more where the link was dropped.
                let _ = sender.send(notice.payload().to_owned());
            }
        }
    });
    notices
}

/// TLS that accepts only certificates for the machine's name, signed by `ca`, or by an authority that the system trusts.
fn verified(ca: Option<&str>) -> Result<MakeRustlsConnect, HubError> {
    let bad = |why: &dyn ToString| HubError::Unreachable(message!("hub_certificates", why = why.to_string()));
    let mut roots = RootCertStore::empty();
    match ca {
        Some(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                roots.add(certificate.map_err(|e| bad(&e))?).map_err(|e| bad(&e))?;
            }
        }
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| bad(&e))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
