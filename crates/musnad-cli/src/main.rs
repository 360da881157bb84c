//! The `musnad` program.
fn main() {}
