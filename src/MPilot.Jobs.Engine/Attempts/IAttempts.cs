namespace MPilot.Jobs.Engine.Attempts;

/// <summary>Where attempts run: outside every mailbox. How they went comes back as facts told to the job.</summary>
public interface IAttempts
{
    /// <summary>Starts a call and returns at once. The runner tells <c>AttemptSending</c> first and goes on unless that is refused.</summary>
    Task StartAsync(AttemptOrder order, CancellationToken cancellationToken);

    /// <summary>Asks a running call to stop; how it ended comes as a fact. Unknown ones are no error.</summary>
    Task CancelAsync(string job, int attempt, CancellationToken cancellationToken);
}
