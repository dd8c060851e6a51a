namespace MPilot.Jobs.Api.Errors;

/// <summary>Collects all mistakes of one request, in the order they are to be reported.</summary>
internal sealed class Mistakes
{
    private const string Type = "invalid_request_error";
    private readonly List<FieldMistake> _all = [];

    public IReadOnlyList<FieldMistake> All => _all;

    public bool Any => _all.Count > 0;

    /// <summary>Whether there is one in that field.</summary>
    public bool Has(string param) => _all.Exists(m => m.Param == param);

    public void Missing(string param, string message) => Add("missing_field", param, message);

    public void Invalid(string param, string message) => Add("invalid_value", param, message);

    public void Unsupported(string param, string message) => Add("unsupported_parameter", param, message);

    /// <summary>The caller may not ask for it. Clients of Bifrost look for the reason in the type.</summary>
    public void Blocked(string code, string param, string message) => _all.Add(new(code, code, message, param));

    /// <summary>Adds mistakes in a part of the request.</summary>
    /// <param name="part">Where the part is.</param>
    /// <param name="mistakes">By names within the part.</param>
    public void AddUnder(string part, IEnumerable<FieldMistake> mistakes)
        => _all.AddRange(mistakes.Select(m => m with { Param = $"{part}.{m.Param}", Message = $"{part}: {m.Message}" }));

    public void Add(string code, string param, string message) => _all.Add(new(Type, code, message, param));
}
