using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Requests;

/// <summary>Which bodies of the serving call the caller asks to see, as Bifrost's clients do.</summary>
internal static class WireHeaders
{
    public static WireWish? Of(HttpRequest request)
    {
        var wish = new WireWish(IsTrue(request, ApiHeaders.SendBackRawRequest), IsTrue(request, ApiHeaders.SendBackRawResponse));
        return wish is { Request: false, Response: false } ? null : wish;
    }

    private static bool IsTrue(HttpRequest request, string name)
        => request.Headers[name].ToString().Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
}
