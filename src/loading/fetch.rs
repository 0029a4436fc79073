//! One fetch: with a time limit, and tried again where that may help.

use super::error::{LoadError, LoadFailure};
use crate::report::ReadError;
use gloo_net::http::Request;
use js_sys::{Promise, Uint8Array};
use leptos::prelude::{set_timeout, window};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// How long a host may take until its answer begins; how long the answer then takes is the network's affair.
const TIMEOUT_SECONDS: u32 = 8;
const TRIES: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(400);

/// What an address answered.
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// False where the address names a digest, and the bytes have another one.
    pub is_what_its_address_says: bool,
}

/// Fetches the bytes at an address, up to `bytes_max`.
pub async fn fetch(url: &str, bytes_max: usize) -> Result<Fetched, LoadError> {
    let failed = |failure| LoadError {
        url: url.to_owned(),
        failure,
    };
    let mut pause = FIRST_PAUSE;
    let mut tries = 1;
    let bytes = loop {
        match try_fetch(url, bytes_max).await {
            Err(failure) if failure.is_passing() && tries < TRIES => wait(pause).await,
            result => break result.map_err(failed)?,
        }
        pause *= 3;
        tries += 1;
    };
    let is_what_its_address_says = has_named_digest(url, &bytes).await;
    Ok(Fetched {
        bytes,
        is_what_its_address_says,
    })
}

async fn try_fetch(url: &str, bytes_max: usize) -> Result<Vec<u8>, LoadFailure> {
    if !window().navigator().on_line() {
        return Err(LoadFailure::Offline);
    }
    let controller = AbortController::new().map_err(network)?;
    let signal = controller.signal();
    let answered = Rc::new(Cell::new(false));
    let has_answered = Rc::clone(&answered);
    set_timeout(
        move || {
            if !has_answered.get() {
                controller.abort();
            }
        },
        Duration::from_secs(TIMEOUT_SECONDS.into()),
    );
    let failure = |error: gloo_net::Error| {
        if signal.aborted() {
            LoadFailure::Timeout {
                seconds: TIMEOUT_SECONDS,
            }
        } else if !window().navigator().on_line() {
            LoadFailure::Offline
        } else {
            LoadFailure::Network(error.to_string())
        }
    };
    let response = Request::get(url)
        .abort_signal(Some(&signal))
        .send()
        .await
        .map_err(failure)?;
    answered.set(true);
    if !response.ok() {
        return Err(LoadFailure::Status(response.status()));
    }
    let bytes = response.binary().await.map_err(failure)?;
    if bytes.len() > bytes_max {
        return Err(LoadFailure::Unreadable(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: bytes_max,
        }));
    }
    Ok(bytes)
}

/// Holds bytes against the digest that their address names, if it names one. Browsers compute digests only in secure
/// contexts; elsewhere there is nobody to ask.
async fn has_named_digest(url: &str, bytes: &[u8]) -> bool {
    let file_name = url.rsplit('/').next().unwrap_or_default();
    let digest = file_name.split('.').next().unwrap_or_default();
    if digest.len() != 64 || !window().is_secure_context() {
        return true;
    }
    let Ok(crypto) = window().crypto() else {
        return true;
    };
    let computed = crypto
        .subtle()
        .digest_with_str_and_u8_array("SHA-256", bytes)
        .map(JsFuture::from);
    let Ok(computed) = computed else {
        return true;
    };
    let Ok(buffer) = computed.await else {
        return true;
    };
    let found: String = Uint8Array::new(&buffer)
        .to_vec()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    found == digest
}

fn network(error: wasm_bindgen::JsValue) -> LoadFailure {
    LoadFailure::Network(format!("{error:?}"))
}

async fn wait(pause: Duration) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                let _ = resolve
                    .unchecked_ref::<js_sys::Function>()
                    .call0(&wasm_bindgen::JsValue::NULL);
            },
            pause,
        );
    });
    let _ = JsFuture::from(promise).await;
}
