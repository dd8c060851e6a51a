-- What a gate that starts anew has to count: calls that were given up for lost a moment ago may still be made.

CREATE INDEX purchases_lost_by_provider ON purchases (provider, ended_at) WHERE status = 'lost';
