using System.Collections.Immutable;
using System.Text;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>One call that reached a scripted provider, to be completed by the test.</summary>
public sealed class ScriptedCall(string provider, DriverCall call, IDriverIo io, CancellationToken canceled)
{
    private readonly TaskCompletionSource<DriverAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Provider { get; } = provider;

    public DriverCall Call { get; } = call;

    public IDriverIo Io { get; } = io;

    public CancellationToken Canceled { get; } = canceled;

    public Task<DriverAnswer> Answer => _answer.Task;

    /// <summary>Answers with pictures, by default as many as asked for.</summary>
    public async Task SucceedAsync(int? pictures = null, string content = "picture")
    {
        var delivered = ImmutableArray.CreateBuilder<DriverPicture>();
        for (var i = 0; i < (pictures ?? Call.Count); i++)
        {
            var upload = await Io.BeginPictureAsync(CancellationToken.None);
            await upload.WriteAsync(Encoding.UTF8.GetBytes(content), CancellationToken.None);
            delivered.Add(new(upload));
        }

        _answer.TrySetResult(new DriverAnswer.Delivered(delivered.ToImmutable()));
    }

    public void Fail(FailureKind kind, TimeSpan? retryAfter = null) => _answer.TrySetResult(new DriverAnswer.Failed(new(kind, RetryAfter: retryAfter)));

    public void Throw(Exception failure) => _answer.TrySetException(failure);
}
