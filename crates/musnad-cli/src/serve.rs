//! `musnad serve`: a store over HTTP.

use crate::arguments::ServeArguments;
use crate::output;
use crate::trouble::{Done, Trouble};
use musnad_serve::{NotServed, Settings};
use std::fs;
use std::io::Write;

/// Runs the command.
pub fn run(arguments: &ServeArguments) -> Result<Done, Trouble> {
    let mut out = output::stdout();
    if arguments.openapi {
        out.write_all(musnad_serve::openapi().as_bytes())?;
        out.flush()?;
        return Ok(Done::Whole);
    }
    let Some(store) = arguments.store.clone() else {
        return Err(Trouble::Usage("serve: which store? Give its path: `musnad serve news.db`".to_owned()));
    };
    let token = match (&arguments.token, &arguments.token_file) {
        (Some(token), _) => Some(token.clone()),
        (None, Some(path)) => {
            let told = |e| Trouble::Failed(format!("{}: the token cannot be read: {e}", path.display()));
            Some(fs::read_to_string(path).map_err(told)?.trim().to_owned())
        }
        (None, None) => None,
    };
    let settings = Settings {
        store,
        listen: arguments.listen,
        token,
        hosts: arguments.host.clone(),
        pages: arguments.pages.clone(),
    };
    let ready = |address| {
        // Whoever has closed the terminal still gets pages.
        let _ = writeln!(out, "http://{address}/").and_then(|()| out.flush());
    };
    musnad_serve::serve(&settings, ready).map_err(|told| match told {
        NotServed::Settings(chain) => Trouble::Usage(chain),
        told => Trouble::Failed(told.to_string()),
    })?;
    Ok(Done::Whole)
}
