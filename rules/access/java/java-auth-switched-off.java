class Security {
  void open(HttpSecurity http) throws Exception {
    // ruleid: java-auth-switched-off
    http.csrf(csrf -> csrf.disable());
    // ruleid: java-auth-switched-off
    http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    // ok: java-auth-switched-off
    http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
    // ok: java-auth-switched-off
    http.csrf(csrf -> csrf.ignoringRequestMatchers("/hook"));
  }
}
