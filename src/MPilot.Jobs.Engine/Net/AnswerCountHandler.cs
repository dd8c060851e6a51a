using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Counts a provider's answers by the class of their status.</summary>
internal sealed class AnswerCountHandler(string provider, JobsInstruments instruments) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int? status = null;
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            status = (int)answer.StatusCode;
            return answer;
        }
        finally
        {
            instruments.OnProviderAnswered(provider, status);
        }
    }
}
