using System.Globalization;
using System.Net.Http.Headers;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Downloads;
using MPilot.Jobs.Providers.Failures;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Speaks <c>POST /images/edits</c> as OpenAI and the servers compatible with it do.</summary>
internal sealed class OpenAiDriver : IDriver
{
    private readonly HttpClient _client;
    private readonly Uri _edits;
    private readonly OpenAiErrors _errors;
    private readonly OpenAiAnswer _answer;
    private readonly OpenAiStream _stream;
    private readonly CapabilityTable _models;

    public OpenAiDriver(HttpClient client, Uri baseUrl, CapabilityTable models, TimeProvider time)
    {
        _client = client;
        _edits = new(baseUrl.AbsoluteUri.TrimEnd('/') + "/images/edits");
        _models = models;
        _errors = new(baseUrl.Host, time);
        _answer = new(_errors, new PictureDownload(client, baseUrl));
        _stream = new(_answer);
    }

    public string? Unavailable => null;

    /// <summary>Any name that could be one: only the server knows.</summary>
    public bool Serves(string model) => model.Any(char.IsAsciiLetterOrDigit) && !model.Any(IsUnseen);

    public IReadOnlyList<string> KnownModels => OpenAiModels.Named;

    public ModelCapabilities Describe(string model) => _models.For(model);

    public EditPlan Plan(EditSpec spec, string model) => EditPlanner.Plan(spec, Describe(model));

    public async Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        using var form = OpenAiRequest.Form(call, io);
        io.Show(WireSide.Request, () => WireBody.Of(form.Parts, call.Secret));
        using var request = new HttpRequestMessage(HttpMethod.Post, _edits) { Content = form };
        if (call.Secret.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Secret);
        }

        using var response = await ExchangeAsync(request, cancellationToken);
        if (response is null)
        {
            return new DriverAnswer.Failed(Lost(form));
        }

        if (!response.IsSuccessStatusCode)
        {
            return new DriverAnswer.Failed(await _errors.ReadAsync(response, call.Secret, cancellationToken));
        }

        return OpenAiStream.IsStream(response)
            ? await _stream.ReadAsync(response, call, io, cancellationToken)
            : await _answer.ReadAsync(response, call, io, cancellationToken);
    }

    private static bool IsUnseen(char letter)
        => char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate;

    /// <summary>The response once its headers are there, or <c>null</c> if the connection failed.</summary>
    private async Task<HttpResponseMessage?> ExchangeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellationToken))
        {
            return null;
        }
    }

    private static AttemptFailure Lost(MultipartFormContent form)
        => form.Started
            ? new(FailureKind.TimedOut, Message: "The connection was lost after the request had begun.")
            : new(FailureKind.Transient, Message: "The provider could not be reached.");
}
