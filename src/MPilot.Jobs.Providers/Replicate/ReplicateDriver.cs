using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Providers.Downloads;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Speaks Replicate's predictions: pictures go there as files, a prediction is created and followed to its end, what it made is fetched.</summary>
internal sealed class ReplicateDriver : IDriver, IProviderJobs
{
    /// <summary>
    /// How long the creating call may wait for the prediction, in seconds. Longer spares fast models a question; but as long as it waits nobody
    /// knows the prediction's id, and a call that is lost then may have been bought.
    /// </summary>
    private const string Wait = "wait=2";

    /// <summary>How long a creating call that nobody wants any more still has to say which prediction it made, so that it can be canceled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ReplicateApi _api;
    private readonly ReplicatePolling _polling;
    private readonly ReplicateModels _models;
    private readonly TimeProvider _time;

    public ReplicateDriver(HttpClient client, Uri baseUrl, ReplicateModels models, TimeProvider time)
    {
        var errors = new ReplicateErrors(baseUrl.Host, time);
        _api = new(client, baseUrl, errors);
        _polling = new(_api, new(errors, new PictureDownload(client)), time);
        _models = models;
        _time = time;
    }

    public string? Unavailable => null;

    /// <summary><c>owner/name</c>, or <c>owner/name:version</c>: only Replicate knows which there are.</summary>
    public bool Serves(string model)
        => model.Split('/') is [var owner, var name] && IsName(owner)
            && name.Split(':') is [var plain, .. var version] && IsName(plain) && (version is [] || (version is [var id] && IsName(id)));

    public IReadOnlyList<string> KnownModels => ReplicateModels.Named;

    public ModelCapabilities Describe(string model) => _models.Describe(model);

    public EditPlan Plan(EditSpec spec, string model) => EditPlanner.Plan(spec, Describe(model));

    public async Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var model = _models.Find(call.Model);
        io.Show(WireSide.Request, () => WireBody.Of(ReplicateRequest.Shown(call, model), call.Secret));
        var files = new ReplicateFiles(_api, call.Secret, io, _time);
        var answer = await files.AddAsync(call.Spec, cancellationToken) is { } failure
            ? new DriverAnswer.Failed(failure)
            : await RunAsync(call, new(ReplicateRequest.Body(call, model, files.Links)), io, cancellationToken);

        // Whoever gives up before leaves the files to a prediction that may still need them.
        await files.DeleteAsync(cancellationToken);
        return answer;
    }

    public Task<DriverAnswer> ResumeAsync(DriverCall call, string providerJobId, IDriverIo io, CancellationToken cancellationToken)
        => ReplicatePrediction.IsId(providerJobId)
            ? _polling.FollowAsync(call, providerJobId, reply: null, io, cancellationToken)
            : Task.FromResult<DriverAnswer>(new DriverAnswer.Failed(new(FailureKind.Lost, Message: "The recorded id is none of this provider's.")));

    public Task CancelAsync(DriverCall call, string providerJobId, CancellationToken cancellationToken)
        => ReplicatePrediction.IsId(providerJobId)
            ? _api.TellAsync(_api.Request(HttpMethod.Post, $"predictions/{providerJobId}/cancel"), call.Secret, cancellationToken)
            : Task.CompletedTask;

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text.Any(char.IsAsciiLetterOrDigit);

    private async Task<DriverAnswer> RunAsync(DriverCall call, JsonRequestContent body, IDriverIo io, CancellationToken cancellationToken)
    {
        var reply = await CreateAsync(call, body, io, cancellationToken);
        if (reply is ReplicateReply.Failed { Failure: var failure })
        {
            return new DriverAnswer.Failed(failure is { StatusCode: null } && body.Started ? failure with { Kind = FailureKind.TimedOut, Message = "The connection was lost after the request had begun." } : failure);
        }

        var json = ((ReplicateReply.Told)reply).Json;
        if (ReplicatePrediction.IdOf(json) is not { } id)
        {
            await json.DisposeAsync();
            return new DriverAnswer.Failed(new(FailureKind.Broken, Message: "The answer names no prediction."));
        }

        await io.AcceptedAsync(id, CancellationToken.None);
        return await _polling.FollowAsync(call, id, reply, io, cancellationToken);
    }

    /// <summary>Creates the prediction. Once this is under way it is not broken off at once: only its answer says what there is to cancel.</summary>
    private async Task<ReplicateReply> CreateAsync(DriverCall call, JsonRequestContent body, IDriverIo io, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var giveUp = cancellationToken.Register(() => limit.CancelAfter(Grace));
        var request = _api.Request(HttpMethod.Post, ReplicateRequest.PathOf(call.Model));
        request.Content = body;
        request.Headers.TryAddWithoutValidation("Prefer", Wait);
        return await _api.AskAsync(request, call.Secret, io, limit.Token);
    }
}
