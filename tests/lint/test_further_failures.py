"""In an error handler a rule speaks of what its own failure leaves undone, not of what a further one does."""

from tests.linting import lint_steps, told

ATTEMPT = {"run": "attempt.exe", "name": "Attempt", "continueOnError": True}
REQUEST = {"step": "RequestStateStore", "RequestType": "restore", "name": "Request"}
RESTORE = {"step": "RestoreUserState", "continueOnError": True}
FAILED = "_SMSTSLastActionSucceeded equals false"


def found(*steps):
    return told(lint_steps(ATTEMPT, {"group": "Handler", "when": FAILED, "steps": list(steps)}), "TS102")


def test_what_a_further_failure_leaves_undone_is_no_fault():
    mark = {"set": "Failed", "to": "true", "when": FAILED}
    assert found(REQUEST, RESTORE, mark, {"step": "ReleaseStateStore", "when": "Failed notEquals true"}) == []


def test_what_the_failure_that_leads_there_leaves_undone_is():
    release = {"step": "ReleaseStateStore", "when": "Site equals Lab"}
    assert found(REQUEST, RESTORE, release) == [("warning", "Handler/Request")]
