"""What goes wrong in a web shop's systems, and the traces each cause leaves. Services are invented.

No trace belongs to one cause alone: time-outs, retries and rollbacks follow from many of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """One root cause. Lists are written with semicolons; weights follow a colon."""

    services: str
    statuses: str
    errors: str
    metrics: str
    actions: str
    jobs: str
    declines: str
    comments: str
    latency: float  # median, milliseconds
    since_deploy: float  # median, minutes since the last deployment
    retries: int
    hours: tuple[int, int]  # of the day


CAUSES: dict[str, Cause] = {
    "faulty release": Cause(
        "checkout; catalog; pricing; frontend",
        "500: 7; 200: 2; 404: 2; 422: 2; 502: 1",
        "NullPointerException in PriceRule.apply; undefined is not a function; unknown field 'discount_v2'; "
        "KeyError: 'currency'; schema mismatch in message v7; assertion failed: total >= 0",
        "http_5xx_ratio; exceptions_per_minute; conversion_rate; apdex",
        "deployment.rollback; deployment.create; feature.disable; image.tag",
        "smoke tests; reindex catalog; nightly prices",
        "price_mismatch; invalid_request; declined_by_issuer",
        "Started right after the rollout of the canary.; Rolled back to the previous build, errors gone.; "
        "Only the new pods throw.; Missed by the tests, no case for empty baskets.; "
        "Stack trace points to the new rule.",
        180,
        12,
        0,
        (9, 18),
    ),
    "expired certificate": Cause(
        "gateway; payments; identity; partner-api",
        "502: 5; 503: 3; 525: 4; 401: 1; 200: 1",
        "x509: certificate has expired or is not yet valid; TLS handshake error; "
        "unable to verify the first certificate; "
        "SSLHandshakeException: PKIX path validation failed; remote error: tls: bad certificate; "
        "connection reset by peer",
        "tls_handshake_failures; certificate_days_left; http_5xx_ratio; probe_success",
        "secret.update; certificate.issue; ingress.reload; secret.read",
        "renew certificates; partner sync; settlement export",
        "gateway_unreachable; processing_error; timeout",
        "All calls fail at once since midnight.; Reloaded the ingress with the new chain.; "
        "Browsers show a warning page.; "
        "Works with verification switched off, please do not.; The reminder went to a mailbox nobody reads.",
        9,
        9000,
        4,
        (0, 8),
    ),
    "database saturation": Cause(
        "orders; catalog; identity; inventory",
        "503: 5; 500: 3; 504: 4; 200: 3",
        "timeout acquiring connection from pool; too many connections; "
        "canceling statement due to statement timeout; "
        "deadlock detected; could not obtain lock on row; upstream request timeout",
        "db_connections; db_cpu; lock_wait_seconds; latency_p99; queue_depth",
        "database.scale; session.kill; index.create; configmap.update",
        "nightly prices; reindex catalog; monthly report; settlement export",
        "timeout; processing_error; duplicate",
        "A long report holds locks on the orders table.; Pool exhausted, every request waits.; "
        "Killed four sessions, latency back to normal.; "
        "Sequential scan since statistics went stale.; Read replica lags by nine minutes.",
        6200,
        2600,
        2,
        (1, 23),
    ),
    "partner outage": Cause(
        "payments; shipping; partner-api; notifications",
        "502: 5; 504: 5; 424: 2; 200: 2; 503: 2",
        "upstream request timeout; 503 from api.parcelnow.example; connect ETIMEDOUT 203.0.113.24:443; "
        "circuit breaker open; "
        "acquirer did not answer; connection reset by peer",
        "upstream_errors; circuit_open; retry_rate; payment_success_ratio; latency_p99",
        "feature.disable; route.update; circuit.reset; secret.read",
        "partner sync; settlement export; send newsletters",
        "issuer_unavailable; timeout; gateway_unreachable",
        "Their status page confirms an incident.; Switched to the second acquirer.; "
        "Only calls that leave our network fail.; "
        "Waiting for the partner, retries keep piling up.; Circuit breaker opened as it should.",
        14500,
        4200,
        5,
        (0, 23),
    ),
    "disk full": Cause(
        "search; orders; logging; media",
        "500: 5; 507: 3; 503: 2; 200: 3",
        "write failed: No space left on device; could not extend file: No space left on device; "
        "read-only file system; "
        "flood stage disk watermark exceeded; OSError: [Errno 28]; could not write checkpoint",
        "disk_used_percent; inode_usage; write_errors; http_5xx_ratio; log_lines_per_second",
        "volume.expand; file.delete; snapshot.remove; node.cordon",
        "backup; rotate logs; reindex catalog; monthly report",
        "processing_error; timeout; invalid_request",
        "Debug logging filled the volume over the weekend.; Deleted old snapshots, 40% free now.; "
        "Index went read-only at the watermark.; "
        "Backups were never pruned.; Pods evicted for ephemeral storage.",
        640,
        5200,
        1,
        (0, 23),
    ),
    "wrong configuration": Cause(
        "gateway; notifications; pricing; identity",
        "404: 4; 403: 4; 401: 2; 500: 3; 200: 3",
        "invalid value for FEATURE_TAX_EU; no route to host orders.internal; "
        "permission denied for role reporting; "
        "missing environment variable SMTP_HOST; KeyError: 'currency'; unknown upstream 'orders-v2'",
        "http_4xx_ratio; route_misses; conversion_rate; emails_sent; pods_not_ready",
        "configmap.update; route.update; role.update; feature.enable",
        "send newsletters; nightly prices; partner sync",
        "currency_not_supported; invalid_request; price_mismatch",
        "Flag was switched on for all countries instead of one.; "
        "Reverted the config map, healthy within a minute.; "
        "Same build runs fine in staging.; A typo in the upstream name.; "
        "Nothing was deployed, only settings changed.",
        45,
        1500,
        0,
        (8, 19),
    ),
    "traffic surge": Cause(
        "frontend; catalog; search; checkout",
        "429: 6; 503: 4; 504: 2; 200: 5",
        "rate limit exceeded; queue is full; upstream request timeout; out of memory: killed process; "
        "too many open files; no healthy upstream",
        "requests_per_second; cpu_utilization; queue_depth; latency_p99; pods_pending",
        "deployment.scale; node.add; ratelimit.update; cache.warm",
        "send newsletters; reindex catalog; smoke tests",
        "timeout; duplicate; declined_by_issuer",
        "The newsletter went out to everyone at noon.; Scaled from 8 to 30 pods, still climbing.; "
        "Sale started an hour early.; "
        "Cache was cold after the restart.; Autoscaler hit its upper limit.",
        2400,
        3000,
        3,
        (11, 22),
    ),
    "credential attack": Cause(
        "identity; gateway; frontend; payments",
        "401: 7; 403: 4; 429: 4; 200: 3",
        "invalid password for user; account locked after 5 attempts; captcha failed; "
        "token signature invalid; "
        "rate limit exceeded; impossible travel detected",
        "failed_logins; http_4xx_ratio; requests_per_second; chargebacks; new_devices",
        "user.lock; token.revoke; role.update; ratelimit.update; secret.read",
        "rotate secrets; rotate logs; monthly report",
        "suspected_fraud; card_testing; declined_by_issuer",
        "Thousands of addresses try the same password list.; Locked 214 accounts and forced a reset.; "
        "Small card payments from one range of addresses.; Blocked the network at the edge.; "
        "Old token of a contractor was used.",
        70,
        4800,
        6,
        (0, 7),
    ),
}

SERVICES = (
    "checkout; catalog; pricing; frontend; gateway; payments; identity; partner-api; orders; inventory; "
    "shipping; "
    "notifications; search; logging; media"
)
COMMON_ERRORS = (
    "context deadline exceeded; connection reset by peer; upstream request timeout; broken pipe; "
    "request aborted by client; "
    "retry budget exhausted; unexpected end of JSON input; internal error"
)
COMMON_METRICS = "latency_p99; http_5xx_ratio; cpu_utilization; memory_used; apdex; error_budget"
COMMON_ACTIONS = (
    "user.login; deployment.create; pod.restart; configmap.read; dashboard.update; silence.create"
)
COMMON_JOBS = "backup; nightly prices; rotate logs; partner sync; send newsletters; cleanup sessions"
COMMON_DECLINES = "insufficient_funds; declined_by_issuer; expired_card; timeout"
COMMON_STATUSES = "200: 5; 500: 2; 503: 2; 404: 1; 499: 1"
COMMON_COMMENTS = (
    "Acknowledged, looking.; Paged the on-call.; Customers report errors in chat.; "
    "Restarted one pod, no change.; "
    "Seems to be recovering.; Not sure yet whether this is related.; Status page updated.; "
    "Handed over to the day shift.; "
    "Same as last month?; Dashboards look odd in eu-west.; Waiting for logs.; Postmortem on Thursday."
)
REGIONS = "eu-west-1; eu-central-1; us-east-1; ap-south-1"
PEOPLE = "amara; jtan; oleg; sofia; ci-bot; deniz; paul.k; autoscaler; mei; root"
ROUTES = "/cart; /checkout; /login; /search; /products/{id}; /orders; /api/v2/quotes; /health; "
"/track/{id}; /account"
