using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>Makes a call ready: plans it by today's configuration and draws what has to be drawn.</summary>
internal sealed partial class CallPreparation(ProviderCatalog catalog, EditDrawing drawing, ILogger logger)
{
    /// <summary>Ends without a call where that is known to be in vain.</summary>
    /// <exception cref="StoreUnavailableException">Our own storage is away, or has no room for what would be bought. Nothing is left; try again.</exception>
    public async Task<PreparedCall> PrepareAsync(AttemptOrder order, CancellationToken canceled)
    {
        try
        {
            return catalog.Find(order.Step.Provider) is { } provider
                ? await PrepareAsync(order, provider, canceled)
                : Ended(FailureKind.Unsupported, $"The provider {order.Step.Provider} is not configured any more.");
        }
        catch (PictureUndecodableException)
        {
            return Ended(FailureKind.InvalidInput, "A picture of the edit cannot be decoded.");
        }
        catch (EditImpossibleException exception)
        {
            return Ended(FailureKind.InvalidInput, exception.Message);
        }
        catch (OperationCanceledException) when (canceled.IsCancellationRequested)
        {
            return new PreparedCall.Ended(new AttemptOutcome.Canceled());
        }
        catch (Exception failure) when (failure is not StoreUnavailableException)
        {
            // A bug: nothing was bought, so the step can be tried again.
            LogNotPrepared(failure, order.Job, order.Attempt);
            return Ended(FailureKind.Transient, "The edit could not be made ready.");
        }
    }

    private async Task<PreparedCall> PrepareAsync(AttemptOrder order, ConfiguredProvider provider, CancellationToken cancellationToken)
    {
        await drawing.Pictures.EnsureRoomAsync(cancellationToken);
        var plan = StepPlanner.Plan(provider, order.Step.Model, order.Spec, drawing.Unavailable);
        return plan.Refusals.FirstOrDefault() is { } refusal
            ? Ended(FailureKind.Unsupported, refusal.Message)
            : new PreparedCall.Ready(provider, plan, await drawing.PrepareAsync(order.Tenant, order.Spec, plan, cancellationToken));
    }

    private static PreparedCall.Ended Ended(FailureKind kind, string? message)
        => new(new AttemptOutcome.Failed(new AttemptFailure(kind, Message: message)));

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} of {Job} could not be made ready")]
    private partial void LogNotPrepared(Exception failure, string job, int attempt);
}
