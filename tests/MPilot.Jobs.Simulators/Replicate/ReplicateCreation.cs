using System.Globalization;
using System.Text.Json.Nodes;
using MPilot.Jobs.Simulators.Hosting;
using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>Creates a prediction and answers for it, at once or when it ends.</summary>
internal sealed class ReplicateCreation(ReplicateCall call, CancellationToken stopping)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Exchange _exchange = call.Exchange;

    /// <param name="official">The model of the path; <c>null</c>: the body names a version.</param>
    public async Task RunAsync(string? official)
    {
        if (!await call.BeginUnreadAsync()) return;
        var body = await call.ReadAsync();
        var input = body?["input"] as JsonObject;
        var name = official ?? Text(body?["version"]);
        Receive(name, input);
        if (!await call.BeginAsync(name, Text(input?["prompt"]))) return;
        if (body is null) await call.RefuseAsync(new(400, "JSON parse error", "Bad request"));
        else if (input is null) await call.RefuseAsync(ReplicateRefusal.Invalid([("", "input is required")]));
        else if (Find(official, name) is not { } model) await call.RefuseAsync(official is null ? ReplicateRefusal.Version : ReplicateRefusal.NotFound);
        else if (ReplicateInputRules.Mistakes(model, input).ToArray() is { Length: > 0 } mistakes) await call.RefuseAsync(ReplicateRefusal.Invalid(mistakes));
        else await CreateAsync(model, input);
    }

    private static ReplicateModel? Find(string? official, string? version) =>
        official is not null ? ReplicateModel.Official(official) : version is null ? null : ReplicateModel.OfVersion(version);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private async Task CreateAsync(ReplicateModel model, JsonObject input)
    {
        var pictures = Pictures(model, input).ToArray();
        _exchange.Parts.Ledger.Receive(_exchange.Call, record => record with { Parts = [.. pictures.Select(picture => picture.Part).OfType<PartRecord>()] });
        var prediction = new ReplicatePrediction(call.Shelf.NewId("p"), model, input, _exchange.Call, _exchange.Action, _exchange.Parts)
        {
            Pictures = ReplicateOutputs.Of(model, input, pictures.FirstOrDefault().Part, _exchange.Call.Number, _exchange.Action.PictureBytes),
            Obstacle = () => Obstacle([.. Pictures(model, input)]),
        };
        call.Shelf.Add(prediction);
        _ = Task.Run(() => prediction.RunAsync(stopping), CancellationToken.None);
        await AnswerAsync(prediction);
    }

    private async Task AnswerAsync(ReplicatePrediction prediction)
    {
        if (_exchange.Action.ResetAfterPurchase)
        {
            await prediction.ReachAsync(end: false, stopping);
            _exchange.Abort();
            return;
        }
        var wait = Wait(_exchange.Context.Request.Headers["Prefer"].ToString());
        if (wait is { } span) await WaitAsync(prediction, span);
        await call.TellAsync(wait is null ? StatusCodes.Status202Accepted : StatusCodes.Status201Created, prediction);
    }

    private async Task WaitAsync(ReplicatePrediction prediction, TimeSpan span)
    {
        using var patience = new CancellationTokenSource(span, _exchange.Parts.Time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _exchange.Context.RequestAborted, stopping);
        try
        {
            await prediction.ReachAsync(end: true, waiting.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // It is told as far as it is.
        }
    }

    /// <summary>How long the client waits: <c>wait</c>, or <c>wait=</c> seconds up to 60; <c>null</c>: not at all.</summary>
    private static TimeSpan? Wait(string prefer) => prefer switch
    {
        "wait" => LongestWait,
        _ when prefer.StartsWith("wait=", StringComparison.Ordinal) && int.TryParse(prefer.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 60
            => TimeSpan.FromSeconds(seconds),
        _ => null,
    };

    /// <summary>The pictures of the input, each with its file as far as it is one of ours.</summary>
    private IEnumerable<(string Name, string Link, PartRecord? Part)> Pictures(ReplicateModel model, JsonObject input) =>
        from known in model.Inputs
        where known.Kind is ReplicateInputKind.Picture or ReplicateInputKind.Pictures && input[known.Name] is not null
        from link in ReplicateInputRules.Links(input[known.Name]!)
        select (known.Name, link, call.Shelf.Behind(link) is { } file ? file.Part with { Name = known.Name } : null);

    /// <summary>Models fetch their pictures only when they run, and look at them only then.</summary>
    private static string? Obstacle((string Name, string Link, PartRecord? Part)[] pictures)
    {
        if (pictures.FirstOrDefault(picture => picture.Part is null && !picture.Link.StartsWith("data:", StringComparison.Ordinal)) is { Link: { } lost })
            return $"404 Client Error: Not Found for url: {lost}";
        if (pictures.Any(picture => picture.Part is { Format: null })) return "cannot identify image file";
        var (image, mask) = (pictures.FirstOrDefault(picture => picture.Name == "image").Part, pictures.FirstOrDefault(picture => picture.Name == "mask").Part);
        if (mask is null || image is null) return null;
        if (mask.HasAlpha == true) return "The mask must be a black-and-white image. (E006)";
        return (image.Width, image.Height) == (mask.Width, mask.Height) ? null : "The mask must have the same size as the image. (E006)";
    }

    private void Receive(string? name, JsonObject? input) => _exchange.Parts.Ledger.Receive(_exchange.Call, record => record with
    {
        Model = name,
        Order = [.. (input ?? []).Select(field => field.Key)],
        Fields = (input ?? []).ToDictionary(field => field.Key, field => Text(field.Value) ?? field.Value?.ToJsonString() ?? "null", StringComparer.Ordinal),
    });
}
