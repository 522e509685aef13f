"""What /metrics shows. No label holds anything about a person."""

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter("mingbai_turns_total", "Turns by channel and outcome", ["channel", "status"])
TURN_SECONDS = Histogram(
    "mingbai_turn_seconds", "Seconds for a turn that asked Rasa", buckets=(0.1, 0.3, 1, 2, 4, 8, 20)
)
DANGERS = Counter("mingbai_dangers_total", "Messages that showed danger", ["kind"])
PUSHES = Counter("mingbai_pushes_total", "Pushed replies by outcome", ["channel", "outcome"])
PROMISED = Gauge("mingbai_promised_messages", "Messages whose answer is owed")
OUTBOX = Gauge("mingbai_outbox_waiting", "Replies waiting to be pushed")
NOTICES = Counter("mingbai_notices_total", "Citizens called back", ["channel", "how"])
STOPS = Counter("mingbai_push_stops_total", "Times a channel was stopped", ["channel", "detail"])
