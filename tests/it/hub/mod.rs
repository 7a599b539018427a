//! The hub in a real PostgreSQL database. Without one these tests pass and say that they prove nothing.

mod attacks;
mod calls;
mod closing;
mod connection;
mod content;
pub mod desk;
mod order;
mod people;
mod schema;
