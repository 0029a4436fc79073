//! The web worker that compares the texts of a difference.
//!
//! A worker does one piece of work and is ended with it: a newer request ends the one before at once, whatever it is at,
//! and no memory of large texts stays behind.

use super::error::{LoadError, LoadFailure};
use crate::presentation::diff_view::{DiffAnswer, DiffFile, DiffRequest, PARTS};
use js_sys::{Array, Object, Reflect, Uint8Array, Uint32Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Where the workers of one difference come from, and the one at work.
#[derive(Clone)]
pub struct DiffWorker {
    url: String,
    running: Rc<RefCell<Option<Running>>>,
}

/// A worker with what listens to it; it ends when this is dropped.
struct Running {
    worker: Worker,
    _answered: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl DiffWorker {
    /// Workers of the app that is hosted under a base, which ends with a slash.
    pub fn new(base: &str) -> Self {
        Self {
            url: format!("{base}diff-worker.js"),
            running: Rc::default(),
        }
    }

    /// Has a file compared, and ends what this was comparing before. `answered` is called once, unless another request or
    /// [`Self::stop`] comes first.
    pub fn compare(
        &self,
        file: &DiffFile,
        request: DiffRequest,
        answered: impl FnOnce(Result<DiffAnswer, LoadError>) + 'static,
    ) {
        self.stop();
        let url = self.url.clone();
        let failed = move |cause: String| LoadError {
            url: url.clone(),
            failure: LoadFailure::Worker(cause),
        };
        let answered = Rc::new(RefCell::new(Some(answered)));
        let running = Rc::clone(&self.running);
        let finish = {
            let answered = Rc::clone(&answered);
            move |result: Result<DiffAnswer, LoadError>| {
                let finished = answered.borrow_mut().take();
                // The closure that calls this must outlive the call.
                let ended = running.borrow_mut().take();
                wasm_bindgen_futures::spawn_local(async move { drop(ended) });
                if let Some(answered) = finished {
                    answered(result);
                }
            }
        };
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = match Worker::new_with_options(&self.url, &options) {
            Ok(worker) => worker,
            Err(error) => return finish(Err(failed(in_words(&error)))),
        };
        let on_answer = {
            let (finish, failed) = (finish.clone(), failed.clone());
            Closure::new(move |event: MessageEvent| {
                finish(answer_of(&event.data()).map_err(&failed));
            })
        };
        let on_failure = {
            let (finish, failed) = (finish.clone(), failed.clone());
            Closure::new(move |event: web_sys::Event| {
                let message = Reflect::get(&event, &JsValue::from_str("message")).ok();
                let message = message.and_then(|message| message.as_string());
                let cause = message.unwrap_or_else(|| "its program did not come".to_owned());
                finish(Err(failed(cause)));
            })
        };
        worker.set_onmessage(Some(on_answer.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_failure.as_ref().unchecked_ref()));
        let (message, transferred) = message_of(file, request);
        let sent = worker.post_message_with_transfer(&message, &transferred);
        *self.running.borrow_mut() = Some(Running {
            worker,
            _answered: on_answer,
            _failed: on_failure,
        });
        if let Err(error) = sent {
            finish(Err(failed(in_words(&error))));
        }
    }

    /// Ends what it is comparing.
    pub fn stop(&self) {
        let ended = self.running.borrow_mut().take();
        drop(ended);
    }
}

/// The message with the bytes of both sides, and what of it is handed over instead of copied.
fn message_of(file: &DiffFile, request: DiffRequest) -> (Object, Array) {
    let message = Object::new();
    let transferred = Array::new();
    let set = |name: &str, value: &JsValue| {
        let _ = Reflect::set(&message, &JsValue::from_str(name), value);
    };
    set("request", &Uint32Array::from(&request.to_numbers()[..]));
    for (name, side) in [("before", &file.reference), ("after", &file.distribution)] {
        let bytes: &[u8] = side.as_ref().map_or(&[], |side| side);
        let buffer = Uint8Array::from(bytes).buffer();
        set(name, &buffer);
        transferred.push(&buffer);
    }
    (message, transferred)
}

fn answer_of(data: &JsValue) -> Result<DiffAnswer, String> {
    let get = |name: &str| Reflect::get(data, &JsValue::from_str(name)).ok();
    let parts = get("parts").and_then(|parts| parts.dyn_into::<Array>().ok());
    let Some(parts) = parts else {
        let error = get("error").and_then(|error| error.as_string());
        return Err(error.unwrap_or_else(|| "it answered nothing".to_owned()));
    };
    let numbers = |index: usize| Uint32Array::new(&parts.get(index as u32)).to_vec();
    Ok(DiffAnswer {
        parts: std::array::from_fn::<_, PARTS, _>(numbers),
    })
}

fn in_words(error: &JsValue) -> String {
    let text = error.as_string();
    text.unwrap_or_else(|| String::from(js_sys::Object::from(error.clone()).to_string()))
}
