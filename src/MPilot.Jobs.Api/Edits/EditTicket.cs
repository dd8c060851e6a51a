namespace MPilot.Jobs.Api.Edits;

/// <summary>What a caller got for its edit.</summary>
/// <param name="Job">The job, its own or an earlier one.</param>
/// <param name="Listener">Which of the job's listeners it is; <c>null</c> where nobody keeps count: it sent a key, takes a 202, or gets a failure once more.</param>
internal sealed record EditTicket(string Job, int? Listener);
