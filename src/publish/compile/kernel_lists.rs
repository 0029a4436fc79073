//! Adds the lists of kernel symbols to the kernels that they are of.

use super::input_failures::ToldInputs;
use crate::analysis::{ArchitectureLists, Rules};
use crate::domain::{Architecture, SourcePackage};
use crate::publish::Error;
use crate::publish::abi_reports::{kernel_list_of, misnamed_kernel_lists};
use crate::publish::configuration::{Configuration, ReleaseSetting};
use crate::report::InputKind;
use std::path::Path;

/// Adds the lists of both sides, and tells which could not be read, and of which the names are doubtful.
pub fn add_kernel_lists(
    architectures: &mut [ArchitectureLists],
    release: &ReleaseSetting,
    configuration: &Configuration,
) -> Result<ToldInputs, Error> {
    let mut told = ToldInputs::of(InputKind::KernelLists);
    let rules = &configuration.rules;
    let stops_on_failure = configuration.stops_on_failure;
    let mut add = |kernel: &mut SourcePackage,
                   folder: &Path,
                   architecture: Architecture|
     -> Result<(), Error> {
        match kernel_list_of(folder, kernel, architecture) {
            Ok(list) => kernel.abi.kernel_list = list.or(kernel.abi.kernel_list.take()),
            Err(error) => told.file_failed(&error.place.clone(), error, stops_on_failure)?,
        }
        Ok(())
    };
    for (lists, setting) in architectures.iter_mut().zip(&release.architectures) {
        for folders in release.kernel_lists.iter().filter(|_| release.abi) {
            for name in &rules.kernel_packages {
                if let Some(kernel) = lists.distribution.get_mut(name) {
                    add(kernel, &folders.distribution, setting.name)?;
                }
                let reference = lists.reference.as_mut();
                if let (Some(kernel), Some(own)) = (
                    reference.and_then(|list| list.get_mut(name)),
                    setting.compared_with,
                ) {
                    add(kernel, &folders.reference, own)?;
                }
            }
        }
    }
    told.warnings.extend(misnamed(release, rules)?);
    Ok(told)
}

/// What is doubtful about the names of the lists, a sentence each.
fn misnamed(release: &ReleaseSetting, rules: &Rules) -> Result<Vec<String>, Error> {
    let mut doubts = Vec::new();
    for folders in release.kernel_lists.iter().filter(|_| release.abi) {
        let sides = [
            ("reference", &folders.reference),
            ("distribution", &folders.distribution),
        ];
        for (side, folder) in sides {
            let misnamed = misnamed_kernel_lists(folder, &rules.kernel_packages)?;
            doubts.extend(misnamed.into_iter().map(|(name, fault)| {
                format!(
                    "kernel lists of the {side}: {name}: {fault}, so it is read for no architecture; name it \
                     NAME-VERSION-RELEASE.ARCHITECTURE, or take it out."
                )
            }));
        }
    }
    Ok(doubts)
}
