//! The hub in a real PostgreSQL database. Without one these tests pass and say that they prove nothing.

mod calls;
mod desk;
