//! The web worker that compares the texts of a difference.
//!
//! A worker does one piece of work and is ended with it: a newer request ends the one before at once, whatever it is at,
//! and no memory of large texts stays behind. It may be started ahead of its work, while the texts are still on their way.

use super::error::{LoadError, LoadFailure};
use crate::presentation::diff_view::{DiffAnswer, DiffFile, DiffRequest};
use js_sys::{Array, Object, Reflect, Uint8Array, Uint32Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Where the workers of one difference come from, and the one that is started.
#[derive(Clone)]
pub struct DiffWorker {
    url: String,
    started: Rc<RefCell<Option<Started>>>,
}

/// What is told each answer, or the failure.
type Listener = Box<dyn FnMut(Result<DiffAnswer, LoadError>)>;

/// A worker with what listens to it; it ends when this is dropped.
struct Started {
    worker: Worker,
    /// Nobody, as long as there is no work.
    listener: Rc<RefCell<Option<Listener>>>,
    has_work: bool,
    _answered: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Started {
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
            started: Rc::default(),
        }
    }

    /// Where the workers' program is.
    pub fn address(&self) -> &str {
        &self.url
    }

    /// Starts a worker ahead of its work. Should it not start, the work tells so.
    pub fn prepare(&self) {
        if self.started.borrow().is_none() {
            *self.started.borrow_mut() = self.start().ok();
        }
    }

    /// Has a file compared, and ends what this was comparing before. `listener` is told each answer, up to the last one or a
    /// failure, unless another request or [`Self::stop`] comes first.
    pub fn compare(
        &self,
        file: &DiffFile,
        request: DiffRequest,
        mut listener: impl FnMut(Result<DiffAnswer, LoadError>) + 'static,
    ) {
        let earlier = self.started.borrow_mut().take();
        let mut started = match earlier.filter(|started| !started.has_work) {
            Some(prepared) => prepared,
            None => match self.start() {
                Ok(started) => started,
                Err(error) => return listener(Err(error)),
            },
        };
        let (message, transferred) = message_of(file, request);
        let worker = &started.worker;
        if let Err(error) = worker.post_message_with_transfer(&message, &transferred) {
            return listener(Err(self.failure(in_words(&error))));
        }
        started.has_work = true;
        *started.listener.borrow_mut() = Some(Box::new(listener));
        *self.started.borrow_mut() = Some(started);
    }

    /// Ends what it is comparing.
    pub fn stop(&self) {
        let ended = self.started.borrow_mut().take();
        drop(ended);
    }

    fn start(&self) -> Result<Started, LoadError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&self.url, &options)
            .map_err(|error| self.failure(in_words(&error)))?;
        let listener: Rc<RefCell<Option<Listener>>> = Rc::default();
        let tell = {
            let (listener, started) = (Rc::clone(&listener), Rc::clone(&self.started));
            Rc::new(move |result: Result<DiffAnswer, LoadError>| {
                let is_last = result.as_ref().map_or(true, |answer| answer.is_last);
                // What is told may have another file compared.
                let told = listener.borrow_mut().take();
                if is_last {
                    // The closure that calls this must outlive the call.
                    let ended = started.borrow_mut().take();
                    wasm_bindgen_futures::spawn_local(async move { drop(ended) });
                }
                if let Some(mut told) = told {
                    told(result);
                    if !is_last {
                        *listener.borrow_mut() = Some(told);
                    }
                }
            })
        };
        let (on_answer, failing) = (Rc::clone(&tell), self.clone());
        let answered = Closure::new(move |event: MessageEvent| {
            on_answer(answer_of(&event.data()).map_err(|cause| failing.failure(cause)));
        });
        let failing = self.clone();
        let failed = Closure::new(move |event: web_sys::Event| {
            let message = Reflect::get(&event, &JsValue::from_str("message")).ok();
            let message = message.and_then(|message| message.as_string());
            let cause = message.unwrap_or_else(|| "its program did not come".to_owned());
            tell(Err(failing.failure(cause)));
        });
        worker.set_onmessage(Some(answered.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Ok(Started {
            worker,
            listener,
            has_work: false,
            _answered: answered,
            _failed: failed,
        })
    }

    fn failure(&self, cause: String) -> LoadError {
        LoadError {
            url: self.url.clone(),
            failure: LoadFailure::Worker(cause),
        }
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
    let numbers = parts.iter().map(|part| Uint32Array::new(&part).to_vec());
    Ok(DiffAnswer {
        parts: numbers.collect(),
        is_last: get("isLast").is_none_or(|is_last| is_last.is_truthy()),
    })
}

fn in_words(error: &JsValue) -> String {
    let text = error.as_string();
    text.unwrap_or_else(|| String::from(js_sys::Object::from(error.clone()).to_string()))
}
