using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>Makes a call to a receiver. Of the answer only the status and how long to wait are read.</summary>
/// <param name="timeout">How long it may take.</param>
/// <param name="time">Tells the time.</param>
internal sealed class ReceiverCall(TimeSpan timeout, TimeProvider time)
{
    /// <param name="client">A guarded one.</param>
    /// <param name="request">The call.</param>
    /// <param name="startedAt">When the try began.</param>
    /// <exception cref="OperationCanceledException">It was broken off; nobody knows whether it arrived.</exception>
    public async Task<DeliveryTry> SendAsync(HttpClient client, HttpRequestMessage request, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            // What comes after the headers is never read: neither a large answer nor one that drips holds anybody up.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var now = time.GetUtcNow();
            var status = (int)answer.StatusCode;
            return new(startedAt, now - startedAt, Judge(status), status, RetryAfter.Of(answer.Headers, now));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(startedAt, time.GetUtcNow() - startedAt, DeliveryOutcome.TimedOut);
        }
        catch (HttpRequestException failure)
        {
            return new(startedAt, time.GetUtcNow() - startedAt, Judge(failure));
        }
    }

    private static DeliveryOutcome Judge(int status) => status switch
    {
        >= 200 and < 300 => DeliveryOutcome.Accepted,
        >= 300 and < 400 => DeliveryOutcome.Redirected,
        410 => DeliveryOutcome.Gone,
        _ => DeliveryOutcome.Rejected,
    };

    private static DeliveryOutcome Judge(HttpRequestException failure)
        => failure is HostRefusedException || failure.InnerException is HostRefusedException ? DeliveryOutcome.AddressRefused
            : failure.HttpRequestError == HttpRequestError.SecureConnectionError ? DeliveryOutcome.TlsFailed
            : DeliveryOutcome.Unreachable;
}
