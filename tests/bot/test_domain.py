"""The domain is sent to the actions that read it, and only to those."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import read_endpoint_config


def test_every_form_is_sent_the_domain_and_nothing_else_is() -> None:
    domain = Domain.load("domain")
    sent = {name for name in domain.user_actions if _is_sent(domain, name)}
    assert sent == {f"validate_{form}" for form in domain.form_names}


def test_the_configuration_leaves_the_domain_out_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACTIONS_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("RASA_TRACKER_DB", "not opened here")
    endpoint = read_endpoint_config("endpoints.yml", "action_endpoint")
    assert endpoint is not None
    assert endpoint.kwargs["enable_selective_domain"] is True


def _is_sent(domain: Domain, action: str) -> bool:
    return bool(domain.does_custom_action_explicitly_need_domain(action))
