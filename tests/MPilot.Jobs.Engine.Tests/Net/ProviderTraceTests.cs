using System.Diagnostics;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Net;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

public sealed class ProviderTraceTests
{
    [Fact]
    public async Task ClientFor_WhenTheCallerSentTraceHeaders_TellsTheProviderNothingOfThem()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(context => context.Response.WriteAsync(string.Join(' ', context.Request.Headers.Keys)));
        await server.StartAsync();
        await using var services = new ServiceCollection().AddProviderHttp().BuildServiceProvider();
        var address = new Uri(server.Urls.Single());
        using var request = new Activity("request").SetParentId("00-11111111111111111111111111111111-2222222222222222-01");
        request.TraceStateString = "vendor=state";
        request.AddBaggage("customer", "someone");
        request.Start();

        var headers = await services.GetRequiredService<IProviderHttp>().ClientFor("p", new(address, [])).GetStringAsync(address);

        headers.ShouldBe("Host");
    }
}
