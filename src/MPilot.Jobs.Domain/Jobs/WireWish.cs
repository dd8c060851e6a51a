namespace MPilot.Jobs.Domain.Jobs;

/// <summary>Which bodies of the call that served the caller wants to see with the answer.</summary>
public sealed record WireWish(bool Request, bool Response);
