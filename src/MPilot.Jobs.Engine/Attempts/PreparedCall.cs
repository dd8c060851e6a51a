using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Emulation;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A call with all drawn that goes out, or how it ended before it could be made: a closed value.</summary>
internal abstract record PreparedCall : IAsyncDisposable
{
    private PreparedCall()
    {
    }

    public virtual ValueTask DisposeAsync() => default;

    public sealed record Ready(ConfiguredProvider Provider, EditPlan Plan, PreparedEdit Edit) : PreparedCall
    {
        public override async ValueTask DisposeAsync()
        {
            await Edit.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    public sealed record Ended(AttemptOutcome Outcome) : PreparedCall;
}
