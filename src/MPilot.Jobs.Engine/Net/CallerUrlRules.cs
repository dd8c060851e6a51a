namespace MPilot.Jobs.Engine.Net;

/// <summary>What a URL of a caller may be.</summary>
/// <param name="MaxLength">In characters.</param>
/// <param name="AllowsHttp">Whether it may do without TLS.</param>
/// <param name="Ports">Ports besides the usual one; <c>null</c>: any.</param>
internal sealed record CallerUrlRules(int MaxLength, bool AllowsHttp, IReadOnlyCollection<int>? Ports);
