"""A language model as a second reader of claims: off unless DAILIES_MODEL names one, at any OpenAI-compatible endpoint.

What it answers is checked against the article and joined to what the rules found (`pipeline/language_model/`). A model
that fails, lies, is slow or silent costs its own claims and nothing else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

from dailies.failures import UsageError
from db.model import Article, Reading
from pipeline.language_model.checked_answer import NO_ANSWER, CheckedAnswer, check_answer
from pipeline.language_model.question import answer_schema, messages
from pipeline.language_model.two_readings import joined

if TYPE_CHECKING:
    from openai import OpenAI

MODEL, URL, KEY = "DAILIES_MODEL", "DAILIES_MODEL_URL", "DAILIES_MODEL_KEY"
BUDGET, SECONDS = "DAILIES_MODEL_BUDGET", "DAILIES_MODEL_SECONDS"
_MOST_TOKENS = 8_000
"""Of an answer; more would be no list of facts."""
_RETRIES = 1
LONGEST_WAIT = 25.0
"""Seconds: twice that must fit into the time a reader has for a page."""
_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model, where, and how much of it. `budget` is in articles a run; `seconds` bounds a silent request."""

    model: str
    url: str | None = None
    key: str = ""
    budget: int = 100
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What asking a model gave: claims that stand in the article, why others were refused, or what went wrong."""

    answer: CheckedAnswer = NO_ANSWER
    problem: str | None = None


def model_settings(environment: Mapping[str, str] = os.environ) -> ModelSettings | None:
    """The model the environment names; None: off.

    Raises UsageError, naming the variable, where a number is none, and where the model's client is not installed.
    """
    model = environment.get(MODEL, "").strip()
    if not model:
        return None
    if find_spec("openai") is None:
        raise UsageError(f"{MODEL} switches a model on, but its client is missing: .venv/bin/pip install -e '.[model]'")
    return ModelSettings(
        model,
        environment.get(URL) or None,
        environment.get(KEY, ""),
        int(_number(environment, BUDGET, 100, most=1e9)),
        _number(environment, SECONDS, 20, most=LONGEST_WAIT),
    )


def _number(environment: Mapping[str, str], name: str, default: float, most: float) -> float:
    written = environment.get(name) or str(default)
    try:
        value = float(written)
    except ValueError:
        value = -1
    if not 0 <= value <= most:
        raise UsageError(f"{name} is {written!r}; give a number from 0 to {most:g}")
    return value


def ask_model(article: Article, settings: ModelSettings) -> ModelReading:
    """Ask the model about an article. Never raises for what a model or a network does, nor waits longer than twice
    `seconds`: the client bounds each silence, not an answer that trickles.
    """
    answers: Queue[ModelReading] = Queue()
    Thread(target=lambda: answers.put(_ask(article, settings)), daemon=True).start()
    try:
        return answers.get(timeout=2 * settings.seconds)
    except Empty:
        return ModelReading(problem=f"no answer within {2 * settings.seconds:g} seconds")


def read_with_model(
    article: Article, reading: Reading, settings: ModelSettings | None
) -> tuple[Reading, ModelReading | None]:
    """A reading by the rules joined with the model's, and what the model said; None: it was not asked.

    It is asked about what the rules find relevant; where it fails, the reading stays as it was.
    """
    if settings is None or reading.relevance == "none":
        return reading, None
    asked = ask_model(article, settings)
    return (joined(reading, asked.answer, article.published) if asked.problem is None else reading), asked


def _ask(article: Article, settings: ModelSettings) -> ModelReading:
    try:
        checked = check_answer(article, _complete(_client(settings), article, settings))
    except Exception as error:  # whatever a model makes of its answer, the article keeps what the rules found
        return ModelReading(problem=_safe(f"{type(error).__name__}: {error}", settings))
    return ModelReading(checked)


@cache
def _client(settings: ModelSettings) -> OpenAI:
    """The protocol's own client, with its retries of 408, 409, 429 and 5xx (Retry-After obeyed)."""
    from openai import OpenAI

    return OpenAI(api_key=settings.key or "none", base_url=settings.url, timeout=settings.seconds, max_retries=_RETRIES)


def _complete(client: OpenAI, article: Article, settings: ModelSettings) -> Any:
    """The answer as JSON. Raises ValueError where it is none or was cut off, and the client's own errors."""
    form = {"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": answer_schema()}}
    completion = _created(client, {"messages": messages(article), "response_format": form}, settings)
    choices = getattr(completion, "choices", None)
    if not choices:
        raise ValueError("the model gave no answer")
    if choices[0].finish_reason == "length":
        raise ValueError("the model's answer was cut off")
    return json.loads(choices[0].message.content or "")


_WISHES: Mapping[str, Mapping[str, Any]] = {
    "temperature": {"temperature": 0},
    "max_tokens": {"max_tokens": _MOST_TOKENS},
}
_INSTEAD: Mapping[str, Mapping[str, Any]] = {"max_tokens": {"max_completion_tokens": _MOST_TOKENS}}
"""Models that think first take no temperature, and another name for the bound; most other servers know only these."""


def _created(client: OpenAI, request: Mapping[str, Any], settings: ModelSettings) -> Any:
    """A completion; a wish that the model does not take is left out, or put in its words, from then on."""
    from openai import BadRequestError

    unwelcome = _unwelcome(settings)
    while True:
        wishes: dict[str, Any] = {}
        for name, wish in _WISHES.items():
            wishes |= wish if name not in unwelcome else _INSTEAD.get(name, {})
        try:
            return client.chat.completions.create(model=settings.model, **request, **wishes)
        except BadRequestError as error:
            if error.param not in _WISHES or error.param in unwelcome:
                raise
            unwelcome.add(str(error.param))


@cache
def _unwelcome(_settings: ModelSettings) -> set[str]:
    """The wishes a model has refused."""
    return set()


def _safe(problem: str, settings: ModelSettings) -> str:
    """An error's words without the key, which some servers repeat."""
    return (problem.replace(settings.key, "***") if settings.key else problem)[:_LONGEST_PROBLEM]
