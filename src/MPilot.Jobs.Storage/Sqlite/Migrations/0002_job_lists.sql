-- A page of a tenant's jobs is one range of an index, whatever it is filtered by.

CREATE INDEX jobs_by_status ON jobs (tenant, status, id);
CREATE INDEX jobs_by_model ON jobs (tenant, model, id);
CREATE INDEX jobs_by_status_and_model ON jobs (tenant, status, model, id);
CREATE INDEX jobs_by_request ON jobs (tenant, request_id, id);
