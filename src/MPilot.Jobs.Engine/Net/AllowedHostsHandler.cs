namespace MPilot.Jobs.Engine.Net;

/// <summary>Refuses a request to any other host before anything is resolved or connected.</summary>
internal sealed class AllowedHostsHandler(AllowedHosts hosts) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => request.RequestUri is { IsAbsoluteUri: true } uri && hosts.Allows(uri)
            ? base.SendAsync(request, cancellationToken)
            : throw new HostRefusedException("The host is not one the provider may be called at.");
}
