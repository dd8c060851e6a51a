using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>How long those who wait for a job go without a look into the store.</summary>
/// <param name="options">How long where every change is heard of.</param>
/// <param name="hints">How changes on other nodes are heard of; <c>null</c> where a process is alone on its store, and so changes everything itself.</param>
public sealed class RereadPace(JobsOptions options, IStoreHints? hints = null)
{
    /// <summary>The longest while nothing is heard of other nodes. 2 s.</summary>
    public static readonly TimeSpan Deaf = TimeSpan.FromSeconds(2);

    public TimeSpan Interval => hints is { AreHeard: false } && options.RereadInterval > Deaf ? Deaf : options.RereadInterval;
}
